package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Shell.Said;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the arguments of the program ask for; none of these may open anything. */
class CommandsTest {
    private final Shell shell = new Shell(settings -> {
        throw new AssertionError("Something was opened");
    });

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "improt, Did you mean: java -jar latchkey.jar import?",
        "outbx, Did you mean: java -jar latchkey.jar outbox",
        "pulgin, Did you mean: java -jar latchkey.jar plugin?",
    })
    @DisplayName("A mistyped command names the nearest one and how the program is called: exit 2")
    void namesTheNearestCommand(String typed, String meant) {
        Said said = shell.run(typed, "users.csv");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err().lines())
                .startsWith("There is no command \"" + typed + "\".")
                .anyMatch(line -> line.startsWith("usage: java -jar latchkey.jar"));
        assertThat(said.err()).contains(meant);
    }

    @Test
    @DisplayName("A mistyped word after a command names the nearest one, too")
    void namesTheNearestSubcommand() {
        Said said = shell.run("outbox", "retyr", "--all");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err())
                .startsWith("There is no command \"outbox retyr\".")
                .contains("retry")
                .contains("usage: java -jar latchkey.jar outbox");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "import",
                "import one.csv other.csv",
                "plugin",
                "plugin one.zip other.zip",
                "outbox retry",
                "outbox retry tomorrow",
                "outbox retry --all 0192f0c1-7b1e-7a9e-8a52-0a1b2c3d4e5f",
                "outbox --al",
                "account",
                "account show",
                "account shwo ada@example.com",
                "account export ada@example.com",
                "account delete a@example.com b@example.com --yes",
                "serve 8080",
                "serve --verbose",
                "--verison",
                "-micronaut.server.port=8080 import users.csv",
                "help improt"
            })
    @DisplayName("Arguments that make no sense are told, with how the command is called: exit 2")
    void refusesArgumentsThatMakeNoSense(String line) {
        Said said = shell.run(line.split(" ", -1));

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).containsPattern("\\S.*\\R(.*\\R)*usage: java -jar latchkey\\.jar");
        assertThat(shell.served()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"--help", "-h", "-help", "help"})
    @DisplayName("Help names every command, the exit codes and the environment to try it in: exit 0")
    void helps(String asked) {
        Said said = shell.run(asked);

        assertThat(said.code()).isZero();
        assertThat(said.err()).isEmpty();
        assertThat(said.out())
                .startsWith("usage: java -jar latchkey.jar")
                .contains("MICRONAUT_ENVIRONMENTS=dev", "--version", "Exit codes:")
                .containsPattern("(?s)\\n  serve .*\\n  import .*\\n  outbox .*\\n  plugin .*");
    }

    @Test
    @DisplayName("Each command has a help of its own, also behind \"help\": exit 0")
    void helpsWithEachCommand() {
        shell.commands().forEach(name -> {
            Said said = shell.run(name, "--help");

            assertThat(said.code()).as(name).isZero();
            assertThat(said.out()).contains("usage: java -jar latchkey.jar " + name);
            if (!name.equals("help")) {
                assertThat(shell.run("help", name)).isEqualTo(said);
            }
        });
        assertThat(shell.run("outbox", "retry", "--help").out()).contains("outbox retry", "--all");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"--version", "-version", "-V", "version"})
    @DisplayName("The version is one line: exit 0")
    void tellsItsVersion(String asked) {
        assertThat(shell.run(asked)).isEqualTo(new Said(0, "Latchkey dev" + System.lineSeparator(), ""));
    }

    @Test
    @DisplayName("\"serve\" serves, with settings that are written as options")
    void serves() {
        assertThat(shell.run("serve").code()).isZero();
        assertThat(shell.run("serve", "-micronaut.server.port=8081", "--latchkey.dev-open")
                        .code())
                .isZero();
        assertThat(shell.served())
                .containsExactly(List.of(), List.of("-micronaut.server.port=8081", "--latchkey.dev-open"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "-micronaut.server.port=8081, true",
        "--latchkey.brand.name=A = B, true",
        "--latchkey.dev-open, true",
        "-name=, true",
        "--help, false",
        "-h, false",
        "import, false",
        "a.b=c, false",
        "--, false",
        "-, false"
    })
    @DisplayName("Options that set properties are told from everything else")
    void tellsSettingsFromOptions(String argument, boolean setting) {
        assertThat(Workplace.isSetting(argument)).isEqualTo(setting);
    }
}
