package dev.latchkey.database.sqlite;

import dev.latchkey.config.OwnerOnly;
import dev.latchkey.config.checks.UnusableSetting;
import dev.latchkey.database.OnSqlite;
import dev.latchkey.database.SoleUse;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A lock beside the database file, which ends with the process however it ends: every process of the product shares it,
 * and whoever restores has it alone. Not on the database itself, as SQLite would lose its own locks with ours.
 */
@Singleton
@OnSqlite
final class SqliteUse implements SoleUse {
    private @Nullable FileChannel channel;
    private @Nullable FileLock lock;

    /**
     * Joins those who use a database file.
     *
     * @param property the setting that names it
     */
    synchronized void share(Path file, String property) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".lock");
        OwnerOnly.createFile(beside);
        FileChannel opened = FileChannel.open(beside, StandardOpenOption.READ, StandardOpenOption.WRITE);
        channel = opened;
        try {
            lock = opened.tryLock(0, Long.MAX_VALUE, true);
        } catch (OverlappingFileLockException e) {
            // This very process has it already, for another context.
            return;
        }
        if (lock == null) {
            throw new UnusableSetting(
                    property, "holds a database that is being restored just now, " + file, "Wait until that has ended");
        }
    }

    @Override
    public synchronized boolean take() {
        FileChannel opened = channel;
        if (opened == null) {
            return false;
        }
        try {
            if (lock != null) {
                lock.release();
            }
            lock = opened.tryLock();
            boolean alone = lock != null;
            if (!alone) {
                lock = opened.tryLock(0, Long.MAX_VALUE, true);
            }
            return alone;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    @PreDestroy
    synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
