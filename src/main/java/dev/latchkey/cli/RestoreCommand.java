package dev.latchkey.cli;

import dev.latchkey.backup.BackupRefused;
import dev.latchkey.backup.BackupService.Summary;
import dev.latchkey.backup.RestoreService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code restore}: fills an empty data directory or database from a backup. */
@Command(
        name = "restore",
        description = {
            "Fills an empty data directory or database from a backup; never one that holds accounts, or that a server uses.",
            "Everybody signs in again afterwards, and links that were mailed are dead."
        })
final class RestoreCommand implements Callable<Integer> {
    private final Workplace place;

    @Parameters(paramLabel = "FILE", description = "What \"backup\" wrote, on SQLite or on PostgreSQL.")
    private Path file;

    RestoreCommand(Workplace place) {
        this.place = place;
    }

    @Override
    public Integer call() {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            place.err().println("The file " + file + " is not there or cannot be read.");
            return Commands.FAILED;
        }
        return place.onData(context -> run(context.getBean(RestoreService.class)));
    }

    private int run(RestoreService restores) {
        Summary read;
        try (Bars bars = new Bars(place)) {
            read = restores.restore(file, bars);
        } catch (BackupRefused e) {
            place.err().println(e.getMessage());
            return Commands.FAILED;
        }
        place.out().println("Restored " + read + " from " + file + ".");
        place.out()
                .println("Everybody signs in again, and links that were mailed are dead: docs/backup.md says what to"
                        + " tell.");
        return Commands.DONE;
    }
}
