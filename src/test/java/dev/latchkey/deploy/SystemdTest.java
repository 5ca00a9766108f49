package dev.latchkey.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.support.Asvs;
import dev.latchkey.support.OtherClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code deploy/latchkey.service}. */
final class SystemdTest {
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
    private static final String FILE = "deploy/latchkey.service";
    private static final String UNIT = Manifests.text(FILE);

    @Test
    @DisplayName("Starts the JVM with the flags of the image")
    void startsAsTheImageDoes() {
        String entryPoint = Manifests.text("Dockerfile").split("\nENTRYPOINT ", 2)[1];
        List<String> flags = Pattern.compile("\"(-[^\"]+)\"")
                .matcher(entryPoint)
                .results()
                .map(flag -> flag.group(1).replace("/app/", "/opt/latchkey/"))
                .toList();

        assertThat(flags).hasSizeGreaterThan(5);
        assertThat(Arrays.stream(value("ExecStart").split(" "))
                        .filter(word -> word.startsWith("-"))
                        .toList())
                .isEqualTo(flags);
    }

    @Test
    @DisplayName("Waits for longer than the service takes to end, and takes 143 for a good end")
    void letsItEnd() {
        assertThat(Integer.parseInt(value("TimeoutStopSec"))).isGreaterThan(30);
        assertThat(value("SuccessExitStatus")).isEqualTo("143");
    }

    @Test
    @DisplayName("The document leads to the file and has no copy of it")
    void isWrittenOnce() {
        assertThat(Manifests.text("docs/operations.md"))
                .contains("(../" + FILE + ")")
                .doesNotContain("ExecStart=");
    }

    @Test
    @DisplayName("Lets the JVM compile, and forbids what systemd itself calls exposed")
    @Asvs("13.2.2")
    void isHardened() {
        assertThat(UNIT).doesNotContain("MemoryDenyWriteExecute=");
        assumeTrue(Files.isExecutable(ANALYZE), "No systemd here");
        // In tenths of the 10 that an unprotected service has.
        OtherClients.run(
                Path.of("").toAbsolutePath(),
                ANALYZE.toString(),
                "security",
                "--offline=true",
                "--no-pager",
                "--threshold=20",
                FILE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"User", "StateDirectory"})
    @DisplayName("Runs as a user of its own, with a folder of its own")
    void isItsOwn(String key) {
        assertThat(value(key)).isEqualTo("latchkey");
        assertThat(UNIT).contains("\nEnvironment=LATCHKEY_DATA_DIR=/var/lib/latchkey\n");
    }

    private static String value(String key) {
        return UNIT.lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElseThrow();
    }
}
