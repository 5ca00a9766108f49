package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Answer;
import dev.latchkey.support.DevMailbox;
import dev.latchkey.support.Images;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.LatchkeyJar.Outcome;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code backup} and {@code restore} as an operator runs them: the machine is lost, another one takes over. */
class BackupIT {
    private static final String ADA = "ada@example.com";
    private static final String PASSPHRASE = "correct horse battery staple";

    @TempDir
    Path folder;

    @Test
    void anotherMachineTakesOverFromTheBackup() {
        Path file = folder.resolve("latchkey.zip");
        Map<String, String> elsewhere =
                Map.of("LATCHKEY_DATA_DIR", folder.resolve("elsewhere").toString());
        String open;
        String photo;
        try (LatchkeyJar jar = LatchkeyJar.dev(Map.of())) {
            LatchkeyClient client = new LatchkeyClient(jar);
            DevMailbox mailbox = new DevMailbox(client, ADA);
            Answer saved = client.upload(
                    "POST",
                    "/api/update/save",
                    Map.of("token", mailbox.freshToken(), "bio", "Kept."),
                    Images.jpeg(64, 64));
            assertThat(saved.text("status")).isEqualTo("saved");
            open = mailbox.freshToken();
            photo = client.load(open).text("photoUrl");

            Outcome backup = jar.run("backup", file.toString());
            assertThat(backup.code()).as(backup.output()).isZero();
            // Hers, and what the dev environment has for tests.
            assertThat(backup.output())
                    .matches("(?s)Backed up \\d+ accounts, \\d+ rows and 2 photos to " + file + "\\.\\s*");
            Outcome again = jar.run("backup", file.toString());
            assertThat(again.code()).isEqualTo(1);
            assertThat(again.output()).contains("There is a file " + file + " already");
            Outcome over = jar.run("restore", file.toString());
            assertThat(over.code()).isEqualTo(1);
            assertThat(over.output()).contains("Another process of Latchkey uses this database. Stop it");
            assertThat(client.load(open).status()).isEqualTo(200);

            Outcome restore = jar.run(elsewhere, "restore", file.toString());
            assertThat(restore.code()).as(restore.output()).isZero();
            assertThat(restore.output()).containsPattern("Restored \\d+ accounts, ");
            assertThat(jar.run("backup").code()).isEqualTo(2);
        }

        try (LatchkeyJar jar = LatchkeyJar.dev(elsewhere)) {
            LatchkeyClient client = new LatchkeyClient(jar);
            assertThat(client.load(open).problem()).isEqualTo("link-unknown");
            Answer login = client.post("/auth/login", Map.of("email", ADA, "password", PASSPHRASE));
            Answer me = client.get("/profile/me", "Authorization", "Bearer " + login.text("access_token"));
            assertThat(me.text("bio")).isEqualTo("Kept.");
            assertThat(client.get(photo.substring(photo.indexOf("/photos/"))).status())
                    .isEqualTo(200);
            String fresh = new DevMailbox(client, ADA).freshToken();
            assertThat(client.save(Map.of("token", fresh, "bio", "Anew.")).text("status"))
                    .isEqualTo("saved");
        }
    }
}
