package dev.latchkey.config.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.DkimKeys;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DkimRulesTest {
    private static final String DOMAIN = "latchkey.dkim.domain";
    private static final String SELECTOR = "latchkey.dkim.selector";
    private static final String KEY_FILE = "latchkey.dkim.key-file";
    private static final String CURE = ". Name the file that \"openssl genpkey -algorithm RSA -pkeyopt"
            + " rsa_keygen_bits:2048 -out dkim.pem\" writes, with mode 600.";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"mail.example.com", "example.com", "Example.COM"})
    @DisplayName("takes the domain of the sender's address, and one above it")
    void takesAlignedDomains(String domain) {
        assertThat(findings(Map.of(DOMAIN, domain, SELECTOR, "latchkey2026", KEY_FILE, DkimKeys.write(folder))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {DOMAIN, SELECTOR, KEY_FILE})
    @DisplayName("wants all three, or none")
    void wantsAllOrNone(String left) {
        Map<String, Object> settings =
                new HashMap<>(Map.of(DOMAIN, "example.com", SELECTOR, "s", KEY_FILE, DkimKeys.write(folder)));
        settings.put(left, " ");

        assertThat(findings(settings))
                .containsExactly(SettingKey.variable(left)
                        + ": is missing. Set LATCHKEY_DKIM_DOMAIN, LATCHKEY_DKIM_SELECTOR and"
                        + " LATCHKEY_DKIM_KEY_FILE, or none of them.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "other.mail.example.com", "ample.com", "com"})
    @DisplayName("refuses a domain that DMARC would not count for the sender")
    void refusesStrangeDomains(String domain) {
        assertThat(findings(Map.of(DOMAIN, domain, SELECTOR, "s", KEY_FILE, DkimKeys.write(folder))))
                .containsExactly("LATCHKEY_DKIM_DOMAIN: is \"" + domain + "\", and the sender's address is one of"
                        + " \"mail.example.com\". Set it to the domain of LATCHKEY_MAIL_FROM or one above it, as DMARC"
                        + " counts no other.");
    }

    @Test
    @DisplayName("refuses what can be no name in DNS, or would add to the signature")
    void refusesWhatIsNoName() {
        Path key = DkimKeys.write(folder);

        assertThat(findings(Map.of(DOMAIN, "example.com; l=0", SELECTOR, "s", KEY_FILE, key)))
                .containsExactly(
                        "LATCHKEY_DKIM_DOMAIN: is \"example.com; l=0\". Set it to a domain such as example.com.");
        assertThat(findings(Map.of(DOMAIN, "example.com", SELECTOR, "a b", KEY_FILE, key)))
                .containsExactly("LATCHKEY_DKIM_SELECTOR: is \"a b\". Set it to a name such as latchkey2026.");
    }

    @Test
    @DisplayName("refuses a file that is none, or holds no key that providers check")
    void refusesOtherFiles() throws IOException {
        Path nowhere = folder.resolve("nowhere.pem");
        Path text = Files.writeString(DkimKeys.write(folder), "MIIB");

        assertThat(keyFindings(nowhere)).containsExactly(wrong("names no file with a key, \"" + nowhere + "\""));
        assertThat(keyFindings(folder)).containsExactly(wrong("names no file with a key, \"" + folder + "\""));
        assertThat(keyFindings(text)).containsExactly(wrong("holds no key in PEM"));
        assertThat(keyFindings(DkimKeys.write(folder, "RSA PRIVATE KEY", new byte[] {1})))
                .containsExactly(wrong("holds a \"RSA PRIVATE KEY\" and no \"PRIVATE KEY\" of PKCS#8"));
        assertThat(keyFindings(DkimKeys.write(folder, "PRIVATE KEY", new byte[] {1})))
                .containsExactly(wrong("holds no RSA key"));
        assertThat(keyFindings(DkimKeys.write(folder, "Ed25519", 0))).containsExactly(wrong("holds no RSA key"));
    }

    @Test
    @DisplayName("refuses a key that is too short, in dev only one that nobody may use")
    void refusesShortKeys() {
        Path weak = DkimKeys.write(folder, "RSA", 1024);
        Path hopeless = DkimKeys.write(folder, "RSA", 512);

        assertThat(keyFindings(weak)).containsExactly(wrong("holds a key of 1024 bits"));
        assertThat(keyFindings(weak, "dev")).isEmpty();
        assertThat(keyFindings(hopeless, "dev")).containsExactly(wrong("holds a key of 512 bits"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "r--r-----", "rw----r--"})
    @DisplayName("refuses a key that others than its owner may read, in dev too")
    void refusesOpenKeys(String mode) throws IOException {
        Path key = DkimKeys.write(folder);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(mode));

        assertThat(keyFindings(key, "dev"))
                .containsExactly(wrong("names a file that others than its owner may read, \"" + key + "\""));
    }

    private static String wrong(String wrong) {
        return "LATCHKEY_DKIM_KEY_FILE: " + wrong + CURE;
    }

    private List<String> keyFindings(Path key, String... environments) {
        return findings(Map.of(DOMAIN, "example.com", SELECTOR, "s", KEY_FILE, key), environments);
    }

    private List<String> findings(Map<String, ?> settings, String... environments) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "latchkey.data-dir", folder.toString(),
                "latchkey.base-url", "https://id.example.com",
                "latchkey.smtp.host", "mail.example.com",
                "latchkey.mail-from", "Latchkey <latchkey@mail.example.com>"));
        all.putAll(settings);
        return StartUpChecks.forServing(ApplicationContext.builder(environments)
                .deduceEnvironment(false)
                .properties(all)
                .build()
                .getEnvironment()
                .start());
    }
}
