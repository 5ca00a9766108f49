package dev.latchkey.cli;

import dev.latchkey.assistant.PluginArchive;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.Brand;
import dev.latchkey.config.checks.StartUpChecks;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plugin}: writes what assistants install. Neither data nor beans are needed. */
@Command(name = "plugin", description = "Writes the plugin that assistants install. It never overwrites a file.")
final class PluginCommand implements Callable<Integer> {
    private final Workplace place;

    @Parameters(paramLabel = "FILE", description = "Where it goes, such as out.zip.")
    private Path file;

    PluginCommand(Workplace place) {
        this.place = place;
    }

    @Override
    public Integer call() {
        return place.onSettings(
                StartUpChecks::forLinks,
                settings -> write(new PluginArchive(BaseUrl.configured(settings), Brand.configured(settings))));
    }

    private int write(PluginArchive plugin) {
        try {
            Files.write(file, plugin.bytes(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            place.out().println("The plugin for " + plugin.origin() + " is in " + file + ".");
            return Commands.DONE;
        } catch (FileAlreadyExistsException e) {
            place.err().println("There is something at " + file + " already. Remove it, or name another file.");
        } catch (IOException e) {
            place.err().println("The file " + file + " cannot be written.");
        }
        return Commands.FAILED;
    }
}
