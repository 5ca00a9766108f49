package dev.latchkey.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Browser;
import dev.latchkey.support.ExportSchema;
import dev.latchkey.support.People;
import dev.latchkey.support.RawConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExportControllerTest {
    private final Account ada = People.somebody(Visitor.context());

    @Test
    @DisplayName("Whoever is signed in downloads an archive that is named after the day")
    @Asvs({"5.4.1", "5.4.2"})
    void downloadsAnArchive() throws IOException {
        Answer archive = Visitor.signedIn(ada).get("/account/export");
        assertThat(archive.status()).isEqualTo(200);
        assertThat(archive.header("Content-Type")).isEqualTo("application/zip");
        assertThat(archive.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"latchkey-export-" + today() + ".zip\"");
        assertThat(archive.header("Cache-Control")).isEqualTo("no-store");
        assertThat(archive.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(archive.header("X-Robots-Tag")).isEqualTo("noindex");
        Map<String, String> files = unpack(archive.bytes());
        assertThat(files.keySet()).containsExactly("history.json", "profile.json");
        ExportSchema.PROFILE_FILE.check(files.getOrDefault("profile.json", ""));
        ExportSchema.HISTORY_FILE.check(files.getOrDefault("history.json", ""));
        assertThat(files.get("profile.json")).contains(ada.email().value());
    }

    @Test
    @DisplayName("HEAD says the same without the archive, and nobody else gets one")
    void isForWhoeverIsSignedIn() {
        Browser browser = Visitor.signedIn(ada);
        RawConnection.Answer head = RawConnection.send(
                Visitor.server(),
                "HEAD /account/export HTTP/1.1\r\nHost: a\r\nCookie: latchkey=" + browser.cookie() + "\r\n\r\n");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).contains("application/zip");
        assertThat(head.header("Content-Disposition")).isPresent();
        Answer stranger = new Browser(Visitor.server()).get("/account/export");
        assertThat(stranger.status()).isEqualTo(303);
        assertThat(stranger.header("Location")).isEqualTo("/account");
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(Visitor.clock().instant(), ZoneOffset.UTC);
    }

    private static Map<String, String> unpack(byte[] archive) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
