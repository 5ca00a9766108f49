package dev.latchkey.database;

import java.time.Instant;

/** A table of which some rows are of no use after a while; {@link Cleaning} removes them. */
public interface OldRows {

    /** How many may be removed in one transaction: few enough that nobody waits long for it. */
    default int step() {
        return 200;
    }

    /** Removes at most so many rows that are old by now, and returns how many. */
    int removeOld(Instant now, int most);
}
