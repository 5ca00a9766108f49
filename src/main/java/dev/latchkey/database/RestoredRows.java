package dev.latchkey.database;

import java.time.Instant;

/**
 * Rows that a restored database must not hold as the backup had them: nobody knows what became of a link, a session or a
 * mail after it was taken.
 */
public interface RestoredRows {

    /** Ends what must not come back; runs once, in the transaction of the restore, when every row is there. */
    void restored(Instant now);
}
