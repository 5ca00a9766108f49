package dev.latchkey.database;

import java.time.Instant;

/** A table of which some rows are of no use after a while; {@link Cleaning} removes them. */
public interface OldRows {

    /** Removes at most so many rows that are old by now, and returns how many. */
    int removeOld(Instant now, int most);
}
