package dev.latchkey.database;

/** Tells whether this process is the only one of the product on its database. */
public interface SoleUse {

    /**
     * Keeps every other process off the database until this one ends, as far as that can be done.
     *
     * @return false when another one is on it
     */
    boolean take();
}
