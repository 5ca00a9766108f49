package dev.latchkey.backup;

/** Whoever watches a backup or a restore. */
public interface BackupProgress {
    /** Nobody does. */
    BackupProgress NONE = (step, done, all) -> {};

    /**
     * So far it has come.
     *
     * @param step what is being done
     * @param done rows or photos of this step
     * @param all how many there will be; -1 where that is not known
     */
    void at(Step step, long done, long all);

    /** What there is to do, in its order. */
    enum Step {
        CHECKING,
        PHOTOS,
        ROWS
    }
}
