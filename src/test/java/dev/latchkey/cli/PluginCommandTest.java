package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Shell.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginCommandTest {
    private final Shell shell = Shell.on(Map.of(), Map.of("latchkey.base-url", "https://id.example.com"));

    @TempDir
    private Path folder;

    @Test
    @DisplayName("The plugin is written to the file: exit 0")
    void writesThePlugin() {
        Path file = folder.resolve("out.zip");
        Said said = shell.run("plugin", file.toString());

        assertThat(said.code()).isZero();
        assertThat(said.out()).isEqualToIgnoringNewLines("The plugin for https://id.example.com is in " + file + ".");
        assertThat(file).isNotEmptyFile();
    }

    @Test
    @DisplayName("A file that is there stays as it is: exit 1")
    void overwritesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("out.zip"), "mine");
        Said said = shell.run("plugin", file.toString());

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .isEqualToIgnoringNewLines(
                        "There is something at " + file + " already. Remove it, or name another file.");
        assertThat(file).hasContent("mine");
    }

    @Test
    @DisplayName("A file that cannot be written is exit 1, a name that no file can have exit 2")
    void tellsWhatItCannotDo() {
        Path file = folder.resolve("no/such/out.zip");

        assertThat(shell.run("plugin", file.toString()).code()).isEqualTo(1);
        assertThat(shell.run("plugin", "a\0b").code()).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }
}
