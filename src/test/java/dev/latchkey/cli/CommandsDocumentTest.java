package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CommandsDocumentTest {
    private static final List<String> OF_ALL = List.of("--help", "--version");

    @Test
    @DisplayName("docs/commands.md knows each command, each command below it, and every option")
    void namesEverything() throws IOException {
        String page = Files.readString(Path.of("docs/commands.md"));
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        CommandLine all = Commands.commandLine(
                new Workplace(
                        settings -> {
                            throw new AssertionError("Something was opened");
                        },
                        nowhere,
                        nowhere),
                settings -> 0);

        all.getSubcommands().forEach((name, command) -> {
            assertThat(page).containsPattern("\\n## .*`" + name + "[ `]");
            isNamed(page, command);
        });
    }

    private static void isNamed(String page, CommandLine command) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!OF_ALL.contains(option.longestName())) {
                assertThat(page).as(command.getCommandName()).contains(option.longestName());
            }
        }
        command.getSubcommands().forEach((name, below) -> {
            if (!name.equals("help")) {
                assertThat(page).contains("`" + command.getCommandName() + " " + name);
                isNamed(page, below);
            }
        });
    }
}
