package dev.latchkey.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.backup.BackupService.Summary;
import dev.latchkey.membership.leaving.ClosingService;
import dev.latchkey.membership.proof.ProofOutcome;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Client;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.DevMailbox;
import dev.latchkey.support.Images;
import dev.latchkey.support.LetIn;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server is backed up, lost and restored, on the same database or the other. */
class RestoredServerTest {
    private static final String PASSPHRASE = "seven quiet otters";

    /** The same on both: it is not the secret that keeps dead tokens dead. */
    private static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir
    Path folder;

    private final Map<String, String> tokens = new HashMap<>();

    @ParameterizedTest
    @CsvSource({"SQLITE,SQLITE", "SQLITE,POSTGRESQL", "POSTGRESQL,SQLITE", "POSTGRESQL,POSTGRESQL"})
    @DisplayName("People, photos and history are there again; no link, session, key, token or code of before works")
    void livesOnWithoutARightOfThePast(Database from, Database to) throws Exception {
        Path file = folder.resolve("latchkey.zip");
        String email = Client.freshEmail();
        String leaving = Client.freshEmail();
        String moving = Client.freshEmail();
        String used;
        String open;
        String request;
        String photo;
        String pin;
        String undo;
        String keep;
        String move;
        String[] bearer;
        String sessionKey;
        LetIn assistant;
        Client old = Client.on(from.fresh(), settings("old"));
        try (EmbeddedServer server = old.server()) {
            bearer = signedUp(old, email);
            Answer profile = old.upload(
                    "POST",
                    "/profile/me",
                    Map.of("nickname", "q" + email.substring(0, email.indexOf('@')), "bio", "Zoë 漢字"),
                    Images.jpeg(64, 48),
                    bearer);
            assertThat(profile.status()).isEqualTo(201);
            photo = profile.text("photoUrl");
            pin = profile.text("pin");
            DevMailbox mailbox = new DevMailbox(old, email);
            used = mailbox.freshToken();
            assertThat(old.post("/api/update/save", Map.of("token", used, "bio", "Later"))
                            .status())
                    .isEqualTo(200);
            undo = old.mailedLink(email, "/undo/");
            open = mailbox.freshToken();
            request = Sql.text(
                    server.getApplicationContext(),
                    "SELECT request_id FROM magic_links WHERE purpose = 'EDIT_PROFILE' AND account_id ="
                            + " (SELECT id FROM accounts WHERE email = '" + email + "') ORDER BY id DESC LIMIT 1");
            sessionKey = old.post("/login", Map.of("email", email, "password", PASSPHRASE))
                    .text("session_key");
            ApplicationContext context = server.getApplicationContext();
            assistant = LetIn.by(context, account(context, email));
            closeAccount(old, leaving);
            keep = old.mailedLink(leaving, "/keep/");
            String[] mover = signedUp(old, moving);
            old.post("/profile/me/email", Map.of("email", "new." + moving, "password", PASSPHRASE), mover);
            move = old.mailedLink("new." + moving, "/email/");
            assertThat(old.get("/profile/me", bearer).status()).isEqualTo(200);
            assertThat(old.get(undo).status()).isEqualTo(200);

            Summary written = context.getBean(BackupService.class).backup(file, "test", BackupProgress.NONE);
            // Of the four who are met here, and of the dev environment.
            assertThat(written.accounts()).isEqualTo(Sql.count(context, "SELECT count(*) FROM accounts"));
            assertThat(written.photos()).isEqualTo(Sql.count(context, "SELECT count(*) FROM photos"));
            assertThat(written.missingPhotos()).isZero();
            assertThatThrownBy(() -> context.getBean(BackupService.class).backup(file, "test", BackupProgress.NONE))
                    .isInstanceOf(BackupRefused.class)
                    .hasMessageContaining("There is a file " + file + " already");
            // After it: nobody will know of this.
            assertThat(old.post("/api/update/save", Map.of("token", open, "bio", "Lost"))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var left = Files.list(folder)) {
            assertThat(left.map(Path::getFileName).map(Path::toString).filter(name -> name.endsWith(".part")))
                    .isEmpty();
        }

        Map<String, Object> database = to.fresh();
        try (ApplicationContext context = Contexts.start(database, settings("new"))) {
            Summary read = context.getBean(RestoreService.class).restore(file, BackupProgress.NONE);
            assertThat(read.accounts()).isEqualTo(Sql.count(context, "SELECT count(*) FROM accounts"));
            assertThatThrownBy(() -> context.getBean(RestoreService.class).restore(file, BackupProgress.NONE))
                    .isInstanceOf(BackupRefused.class)
                    .hasMessageContaining("The database holds 3 accounts");
        }

        Client fresh = Client.on(database, settings("new"));
        try (EmbeddedServer server = fresh.server()) {
            for (String token : List.of(used, open)) {
                assertThat(fresh.post("/api/update/load", Map.of("token", token))
                                .problem())
                        .isEqualTo("link-unknown");
                assertThat(fresh.post("/api/update/save", Map.of("token", token, "bio", "Revived"))
                                .status())
                        .isEqualTo(404);
            }
            for (String path : List.of("/edit/" + used, "/edit/" + open)) {
                Answer dead = fresh.get(path, "Accept", "text/html");
                assertThat(dead.status()).isEqualTo(404);
                assertThat(dead.html().select("main").text()).contains("You did nothing wrong.");
                assertThat(dead.html().select("main form").eachAttr("action")).containsExactly("/link");
            }
            for (String path : List.of(undo, keep, move)) {
                assertThat(fresh.get(path, "Accept", "text/html")
                                .html()
                                .select("main")
                                .text())
                        .as(path)
                        .contains("We restored this service after a failure.");
                assertThat(fresh.get(path).status()).as(path).isEqualTo(404);
                assertThat(fresh.form(path, Map.of()).status()).as(path).isEqualTo(404);
            }
            assertThat(fresh.status(request).text("state")).isEqualTo("revoked");
            assertThat(fresh.get("/profile/me", bearer).status()).isEqualTo(401);
            assertThat(fresh.get("/user_mngt_user?email=" + email + "&session_key=" + sessionKey)
                            .status())
                    .isEqualTo(401);
            assertThat(Sql.count(server.getApplicationContext(), "SELECT count(*) FROM sessions"))
                    .isZero();
            assertThat(fresh.post(
                                    "/mcp",
                                    Map.of("jsonrpc", "2.0", "id", 1, "method", "tools/list"),
                                    "Authorization",
                                    assistant.bearer())
                            .status())
                    .isEqualTo(401);

            Answer me = fresh.get("/profile/me", fresh.bearer(email, PASSPHRASE));
            assertThat(me.text("pin")).isEqualTo(pin);
            assertThat(me.text("bio")).isEqualTo("Later");
            assertThat(me.text("photoUrl")).endsWith(photo.substring(photo.indexOf("/photos/")));
            assertThat(fresh.get(photo.substring(photo.indexOf("/photos/"))).status())
                    .isEqualTo(200);
            String link = new DevMailbox(fresh, email).freshToken();
            assertThat(fresh.post("/api/update/save", Map.of("token", link, "bio", "Anew"))
                            .status())
                    .isEqualTo(200);
            // Whoever had closed their account is told once more.
            assertThat(fresh.form(fresh.mailedLink(leaving, "/keep/"), Map.of()).status())
                    .isEqualTo(200);
        }
    }

    private Map<String, Object> settings(String name) {
        return Map.of(
                "test.clock",
                true,
                "latchkey.secret",
                SECRET,
                "latchkey.data-dir",
                folder.resolve(name).toString());
    }

    private static Account account(ApplicationContext context, String email) {
        return context.getBean(Accounts.class)
                .findByEmail(EmailAddress.parse(email).orElseThrow())
                .orElseThrow();
    }

    private static String[] signedUp(Client client, String email) {
        String[] bearer = client.signedIn(email, PASSPHRASE);
        assertThat(client.form(client.mailedLink(email, "/confirm/"), Map.of("passphrase", PASSPHRASE))
                        .status())
                .isEqualTo(303);
        return client.bearer(email, PASSPHRASE);
    }

    private static void closeAccount(Client client, String email) {
        signedUp(client, email);
        ApplicationContext context = client.server().getApplicationContext();
        context.getBean(ClosingService.class).close(new ProofOutcome.Proven(account(context, email), null));
    }
}
