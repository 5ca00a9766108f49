package dev.latchkey.backup;

import dev.latchkey.account.DemoAccounts;
import dev.latchkey.database.RestoredRows;
import dev.latchkey.database.SoleUse;
import dev.latchkey.photo.PhotoCopies;
import dev.latchkey.photo.PhotoStoreUnavailable;
import io.micronaut.json.JsonMapper;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills an empty database and photo store from a backup. All rows come in one transaction, photos before it: what is
 * interrupted leaves photos that nothing refers to, and the next restore begins by removing those.
 */
@Singleton
public final class RestoreService {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreService.class);

    private final DatabaseFacts facts;
    private final SoleUse use;
    private final DemoAccounts demos;
    private final PhotoCopies photos;
    private final Restores restores;
    private final List<RestoredRows> features;
    private final TransactionOperations<Connection> transactions;
    private final JsonMapper json;
    private final Clock clock;

    RestoreService(
            DatabaseFacts facts,
            SoleUse use,
            DemoAccounts demos,
            PhotoCopies photos,
            Restores restores,
            List<RestoredRows> features,
            TransactionOperations<Connection> transactions,
            JsonMapper json,
            Clock clock) {
        this.facts = facts;
        this.use = use;
        this.demos = demos;
        this.photos = photos;
        this.restores = restores;
        this.features = features;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Restores a backup.
     *
     * @throws BackupRefused when it cannot be; then no account is there, and another try may be made
     */
    public BackupService.Summary restore(Path file, BackupProgress progress) {
        try (BackupReader backup = BackupReader.open(file, json)) {
            refuseForeignSchema(backup.manifest());
            refuseOtherUse();
            backup.verify(progress);
            photos.clear();
            bringPhotosBack(backup, progress);
            transactions.executeWrite(status -> {
                try {
                    load(status.getConnection(), backup, progress);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (SQLException e) {
                    throw unwritten(e);
                }
                return backup.manifest();
            });
            publish();
            return BackupService.Summary.of(backup.manifest());
        } catch (IOException e) {
            throw unwritten(e);
        } catch (UncheckedIOException e) {
            throw unwritten(Objects.requireNonNull(e.getCause()));
        } catch (PhotoStoreUnavailable e) {
            throw unwritten(e);
        }
    }

    private static BackupRefused unwritten(Exception e) {
        return new BackupRefused(
                "The backup cannot be restored (" + e.getMessage() + "); nobody's account is there."
                        + " Mend that, and restore once more.",
                e);
    }

    private void refuseForeignSchema(Manifest manifest) {
        String own = transactions.executeRead(status -> {
            try {
                return facts.schema(status.getConnection());
            } catch (SQLException e) {
                throw new IllegalStateException("The database does not tell its version", e);
            }
        });
        if (!manifest.schema().equals(own)) {
            throw new BackupRefused("The backup has version " + manifest.schema() + " of the database's schema, and the"
                    + " database here has " + own + ". Restore it with the version that wrote it, "
                    + manifest.product()
                    + ", into an empty data directory or database, and update then.");
        }
    }

    private void refuseOtherUse() {
        refuseAccounts();
        if (!use.take()) {
            throw new BackupRefused("Another process of Latchkey uses this database. Stop it, and restore then.");
        }
        refuseAccounts();
    }

    private void refuseAccounts() {
        long accounts = demos.countOthers();
        if (accounts > 0) {
            throw new BackupRefused("The database holds " + (accounts == 1 ? "an account" : accounts + " accounts")
                    + ", and nothing is restored over that. Name an empty data directory or database.");
        }
    }

    private void bringPhotosBack(BackupReader backup, BackupProgress progress) throws IOException {
        long all = backup.manifest().photos();
        long[] count = {0};
        backup.photos(photo -> {
            photos.bringBack(photo);
            count[0]++;
            progress.at(BackupProgress.Step.PHOTOS, count[0], all);
        });
    }

    private void load(Connection transaction, BackupReader backup, BackupProgress progress)
            throws IOException, SQLException {
        List<Table> tables = Table.all(transaction);
        refuseOtherTables(tables, backup.manifest());
        facts.lock(transaction, tables);
        refuseAccounts();
        for (Table table : tables.reversed()) {
            try (PreparedStatement delete = transaction.prepareStatement(table.delete())) {
                delete.executeUpdate();
            }
        }
        long done = 0;
        for (Table table : tables) {
            done += load(transaction, table, backup, done, progress);
            progress.at(BackupProgress.Step.ROWS, done, backup.manifest().allRows());
        }
        backup.photos(photo -> photos.note(photo.hash()));
        features.forEach(feature -> feature.restored(clock.instant()));
        restores.save(new Restores.Restore(
                UUID.randomUUID().toString(), backup.manifest().takenAt(), clock.instant()));
    }

    private static long load(
            Connection transaction, Table table, BackupReader backup, long done, BackupProgress progress)
            throws IOException, SQLException {
        Manifest.Part part = backup.manifest().partOf(table.name()).orElseThrow();
        long all = backup.manifest().allRows();
        try (InputStream in = backup.open(part)) {
            long rows = TableRows.read(
                    transaction,
                    table,
                    part.columns(),
                    in,
                    count -> progress.at(BackupProgress.Step.ROWS, done + count, all));
            if (rows != part.entries()) {
                throw new IOException(part.name() + " has " + rows + " rows, not " + part.entries());
            }
            return rows;
        }
    }

    /** The same version of the schema has the same tables, save where somebody has changed the one or the other. */
    private static void refuseOtherTables(List<Table> tables, Manifest manifest) {
        Set<String> here = tables.stream().map(Table::name).collect(Collectors.toSet());
        Set<String> there = manifest.parts().stream()
                .map(Manifest.Part::table)
                .filter(here::contains)
                .collect(Collectors.toSet());
        boolean same = there.equals(here)
                && manifest.parts().stream()
                                .filter(part -> part.table() != null)
                                .count()
                        == here.size()
                && tables.stream()
                        .allMatch(table -> table.columns()
                                .keySet()
                                .equals(Set.copyOf(manifest.partOf(table.name())
                                        .orElseThrow()
                                        .columns())));
        if (!same) {
            throw new BackupRefused("The backup has other tables than this version of Latchkey, although both call them"
                    + " version " + manifest.schema() + ". Restore it with the version that wrote it, "
                    + manifest.product() + ".");
        }
    }

    /** It can be done without: the server makes it good. */
    private void publish() {
        try {
            photos.publish();
        } catch (RuntimeException e) {
            LOG.warn("Photos could not be published; the server will do it", e);
        }
    }
}
