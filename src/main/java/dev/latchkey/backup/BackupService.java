package dev.latchkey.backup;

import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoCopies;
import dev.latchkey.photo.PhotoStoreUnavailable;
import io.micronaut.json.JsonMapper;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Writes everything into one file, while the server runs. The rows are those of one moment after the beginning, so what
 * was acknowledged before is in it; nobody who writes waits for it.
 */
@Singleton
public final class BackupService {
    private final DatabaseFacts facts;
    private final PhotoCopies photos;
    private final TransactionOperations<Connection> transactions;
    private final JsonMapper json;
    private final Clock clock;

    BackupService(
            DatabaseFacts facts,
            PhotoCopies photos,
            TransactionOperations<Connection> transactions,
            JsonMapper json,
            Clock clock) {
        this.facts = facts;
        this.photos = photos;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Looks at the place of a backup before anything else is.
     *
     * @throws BackupRefused when there is such a file already, or no folder for it
     */
    public static void refuseUnusable(Path file) {
        BackupWriter.place(file);
    }

    /**
     * Takes a backup.
     *
     * @param product the version of the product
     * @throws BackupRefused when there is such a file already, or it cannot be written whole; then nothing is left of it
     */
    public Summary backup(Path file, String product, BackupProgress progress) {
        return backup(file, product, progress, UnaryOperator.identity());
    }

    Summary backup(Path file, String product, BackupProgress progress, UnaryOperator<OutputStream> disk) {
        try (BackupWriter writer = BackupWriter.create(file, disk, clock.instant())) {
            return write(writer, product, progress);
        } catch (IOException e) {
            throw unwritten(file, e);
        } catch (UncheckedIOException e) {
            throw unwritten(file, Objects.requireNonNull(e.getCause()));
        } catch (PhotoStoreUnavailable e) {
            throw new BackupRefused(
                    "The photos cannot be read (" + e.getMessage() + "); nothing was left behind. Check the store.", e);
        }
    }

    private static BackupRefused unwritten(Path file, IOException e) {
        String why =
                e instanceof AccessDeniedException ? "this user may not write there" : String.valueOf(e.getMessage());
        return new BackupRefused(
                "The backup " + file + " cannot be written (" + why + "); nothing was left behind."
                        + " Make room, or name another place.",
                e);
    }

    private Summary write(BackupWriter writer, String product, BackupProgress progress) throws IOException {
        PhotoCount counted = new PhotoCount(writer, progress);
        Instant young = photos.youngSince();
        long missing = photos.copyOld(young, counted::add);
        Manifest manifest = transactions.executeRead(status -> {
            try {
                return write(status.getConnection(), writer, new Before(product, young, missing), counted, progress);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException("The database cannot be read", e);
            }
        });
        writer.finish(manifest, json);
        return Summary.of(manifest);
    }

    private Manifest write(
            Connection snapshot, BackupWriter writer, Before before, PhotoCount counted, BackupProgress progress)
            throws IOException, SQLException {
        facts.beginSnapshot(snapshot);
        // The first look at a table fixes the moment.
        String schema = facts.schema(snapshot);
        Instant takenAt = clock.instant();
        List<Table> tables = Table.all(snapshot);
        writer.endPhotos();
        long done = 0;
        for (Table table : tables) {
            long until = done;
            writer.table(
                    table,
                    out -> TableRows.write(
                            snapshot, table, out, rows -> progress.at(BackupProgress.Step.ROWS, until + rows, -1)));
            done += writer.parts().getLast().entries();
        }
        long missing = before.missing() + photos.copyYoung(before.young(), counted::add);
        writer.endPhotos();
        return new Manifest(Manifest.FORMAT, before.product(), schema, facts.kind(), takenAt, writer.parts(), missing);
    }

    private record Before(String product, Instant young, long missing) {}

    /** Counts what it adds. */
    private static final class PhotoCount {
        private final BackupWriter writer;
        private final BackupProgress progress;
        private long count;

        PhotoCount(BackupWriter writer, BackupProgress progress) {
            this.writer = writer;
            this.progress = progress;
        }

        void add(Photo photo) {
            writer.photo(photo);
            count++;
            progress.at(BackupProgress.Step.PHOTOS, count, -1);
        }
    }

    /**
     * What is in it.
     *
     * @param rows of all tables, accounts included
     * @param missingPhotos photos that are needed and were not in the store
     */
    public record Summary(long accounts, long rows, long photos, long missingPhotos) {
        static Summary of(Manifest manifest) {
            return new Summary(
                    manifest.rows("accounts"), manifest.allRows(), manifest.photos(), manifest.missingPhotos());
        }

        /** As operators read it. */
        @Override
        public String toString() {
            return counted(accounts, "account") + ", " + counted(rows, "row") + " and " + counted(photos, "photo");
        }

        private static String counted(long number, String what) {
            return number + " " + what + (number == 1 ? "" : "s");
        }
    }
}
