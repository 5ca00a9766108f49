package dev.latchkey.cli;

import dev.latchkey.backup.BackupRefused;
import dev.latchkey.backup.BackupService;
import dev.latchkey.backup.BackupService.Summary;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code backup}: everything into one file, beside the running server. */
@Command(
        name = "backup",
        description = "Writes everything into one file, while the server runs. It never overwrites a file.")
final class BackupCommand implements Callable<Integer> {
    private final Workplace place;

    @Parameters(paramLabel = "FILE", description = "Where it goes, such as latchkey-2026-11-27.zip.")
    private Path file;

    BackupCommand(Workplace place) {
        this.place = place;
    }

    @Override
    public Integer call() {
        try {
            // Before anything is opened, or made where somebody misspelt the data directory.
            BackupService.refuseUnusable(file);
            return place.onData(context -> run(context.getBean(BackupService.class)));
        } catch (BackupRefused e) {
            place.err().println(e.getMessage());
            return Commands.FAILED;
        }
    }

    private int run(BackupService backups) {
        Summary written;
        try (Bars bars = new Bars(place)) {
            written = backups.backup(file, Commands.version(), bars);
        } catch (BackupRefused e) {
            place.err().println(e.getMessage());
            return Commands.FAILED;
        }
        place.out().println("Backed up " + written + " to " + file + ".");
        if (written.accounts() == 0) {
            place.err().println("There is no account in it. Is that the server's data directory or database?");
        }
        if (written.missingPhotos() > 0) {
            place.err()
                    .println("Photos that are needed and not where photos are kept: " + written.missingPhotos()
                            + ". All else is in it.");
        }
        return Commands.DONE;
    }
}
