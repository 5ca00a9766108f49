package dev.latchkey.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Cells;
import dev.latchkey.support.Cells.Cell;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import dev.latchkey.support.ExportSchema;
import dev.latchkey.support.Images;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class ExportServiceTest {
    private static final String PASSPHRASE = "seven quiet otters";

    /** Tables of which people get their rows. */
    private static final Set<String> TOLD = Set.of(
            "accounts",
            "profiles",
            "contacts",
            "consents",
            "sessions",
            "grants",
            "email_moves",
            "closures",
            "photos",
            "photo_uploads",
            "link_requests",
            "changes");

    /**
     * The right to use a link, and what waits behind it; what was typed or uploaded in one browser, which is for that browser
     * alone and gone after a day; programs; mails under way; counts under digests; that nobody is behind an account; which reports
     * were heard and who looks for more; when a backup was restored.
     */
    private static final Set<String> NOT_TOLD = Set.of(
            "magic_links",
            "proposals",
            "typed_forms",
            "kept_photos",
            "authorization_requests",
            "oauth_clients",
            "outbox",
            "sign_in_attempts",
            "budgets",
            "demo_accounts",
            "mail_reports",
            "report_turns",
            "restores");

    private final Client api;
    private final ApplicationContext context;
    private final String email = Client.freshEmail();

    ExportServiceTest(Database database) {
        api = Client.shared(database, Map.of());
        context = api.server().getApplicationContext();
    }

    @Test
    @DisplayName("Somebody of whom nothing is known but the account has an export, too")
    void tellsOfSomebodyNew() {
        String[] me = api.signedIn(email, PASSPHRASE);
        JsonNode export = export(me);
        assertThat(export.path("account").path("email").asText()).isEqualTo(email);
        assertThat(export.path("account").path("emailVerifiedAt").isNull()).isTrue();
        assertThat(export.path("contact").isNull()).isTrue();
        assertThat(export.path("consents")).isEmpty();
        assertThat(export.path("photoUploads")).isEmpty();
        assertThat(export.path("sessions")).hasSize(1);
        assertThat(export.path("requests").path(0).path("purpose").asText()).isEqualTo("confirm-email");
        assertThat(export.path("changes")).isEmpty();
    }

    @Test
    @DisplayName("All that is kept of somebody is in it, with old and new values")
    void tellsEverything() {
        String[] me = writeEverywhere();
        JsonNode export = export(me);
        assertThat(export.path("account").path("hasPassphrase").asBoolean()).isTrue();
        assertThat(export.path("profile").path("nickname").asText()).isEqualTo(nickname());
        assertThat(export.path("profile").path("photoUrl").asText()).contains("/photos/");
        assertThat(export.path("contact").path("first_name").asText()).isEqualTo("Quintessa");
        assertThat(export.path("consents").path(0).path("termsVersion").asText())
                .isNotEmpty();
        assertThat(export.path("sessions").findValuesAsText("kind"))
                .containsExactlyInAnyOrder("access-token", "session-key", "page");
        assertThat(export.path("emailMoves").path(0).path("email").asText()).isEqualTo("elsewhere." + email);
        assertThat(export.path("photoUploads")).hasSize(1);
        assertThat(export.path("requests").findValuesAsText("state")).contains("saved");
        Map<String, JsonNode> changes = new TreeMap<>();
        export.path("changes")
                .forEach(change -> change.path("fields").forEach(field -> changes.putIfAbsent(field.asText(), change)));
        assertThat(changes.get("bio").path("before").path("bio").asText()).isEqualTo("Once.");
        assertThat(changes.get("bio").path("after").path("bio").asText()).isEqualTo("Now.");
        assertThat(changes.get("bio").path("door").asText()).isEqualTo("link");
        assertThat(changes.get("bio").path("told").asText()).isEqualTo(email);
        assertThat(changes.get("nickname").path("before").path("nickname").isNull())
                .isTrue();
        assertThat(changes.get("passphrase").path("after").has("passphrase")).isFalse();
        assertThat(changes.get("photo").path("after").path("photo").asText()).contains("/photos/");
        assertThat(changes.get("last_name").path("after").path("last_name").asText())
                .isEqualTo("Zyxwv");
    }

    @Test
    @DisplayName("A new table does not go without a word about whether it is told")
    void knowsEveryTable() throws IOException {
        Set<String> tables = Pattern.compile("CREATE TABLE (\\w+)")
                .matcher(Files.readString(Path.of("src/main/resources/db/migration/sqlite/V1__schema.sql")))
                .results()
                .map(table -> table.group(1))
                .collect(Collectors.toSet());
        tables.removeAll(NOT_TOLD);
        assertThat(tables).isEqualTo(TOLD);
    }

    @Test
    @DisplayName("Nothing that opens anything is in it, and nothing of anybody else")
    @Asvs({"8.2.3", "15.3.1"})
    void tellsNoSecretsAndNothingOfOthers() throws IOException {
        writeEverywhere();
        String other = Client.freshEmail();
        String[] them = api.signedIn(other, PASSPHRASE);
        api.post("/profile/me", Map.of("bio", "A stranger's bio"), them);
        String[] me = api.bearer(email, PASSPHRASE);
        String export = api.get("/profile/me/export", me).text();
        String own = api.get("/profile/me", me).text("id");
        String files = String.join("", texts(archive()).values());
        Set<String> secret =
                Set.of("passphrase_hash", "link_id", "subject_digest", "caller_user", "caller_conversation", "undo_id");
        List<String> secrets = Cells.all(context).stream()
                .filter(cell -> secret.contains(cell.column())
                        || (cell.table().equals("sessions") && cell.column().equals("id")))
                .map(Cell::value)
                .filter(value -> value.length() > 10)
                .toList();
        assertThat(secrets).hasSizeGreaterThan(10);
        for (String text : List.of(export, files)) {
            assertThat(text).contains(own).doesNotContain(other, "stranger", "$argon2", PASSPHRASE);
            assertThat(text).doesNotContain(secrets);
        }
    }

    @Test
    @DisplayName("The archive has profile, history and photo")
    void packsAnArchive() throws IOException {
        String[] me = writeEverywhere();
        Map<String, byte[]> files = archive();
        assertThat(files.keySet()).containsExactlyInAnyOrder("profile.json", "photo.jpg", "history.json");
        String photoUrl = api.get("/profile/me", me).text("photoUrl");
        assertThat(files.get("photo.jpg"))
                .isEqualTo(api.get(photoUrl.substring(photoUrl.indexOf("/photos/")))
                        .bytes());
        ExportSchema.PROFILE_FILE.check(texts(files).get("profile.json"));
        ExportSchema.HISTORY_FILE.check(texts(files).get("history.json"));
        assertThat(Answer.json(texts(files).get("history.json")).path("changes"))
                .isNotEmpty();

        assertThat(api.send("DELETE", "/profile/me/photo", null, me).status()).isEqualTo(204);
        assertThat(archive().keySet()).containsExactlyInAnyOrder("profile.json", "history.json");
    }

    @Test
    @DisplayName("Values are gone once nothing needs them any more; that something was changed is still told")
    void tellsNamesAlone() {
        String[] me = writeEverywhere();
        api.clock().advance(Duration.ofHours(80));
        me = api.bearer(email, PASSPHRASE);
        Sql.run(context, "UPDATE changes SET before = NULL, after = NULL, told = NULL WHERE told = '" + email + "'");
        JsonNode change = export(me).path("changes").path(0);
        assertThat(change.path("fields")).isNotEmpty();
        assertThat(change.path("before").isNull()).isTrue();
        assertThat(change.path("after").isNull()).isTrue();
        assertThat(change.path("undoableUntil").isNull()).isTrue();
    }

    @Test
    @DisplayName("Nobody gets an export without a token, and HEAD answers as GET without a body")
    void isOnesOwn() {
        assertThat(api.get("/profile/me/export").status()).isEqualTo(401);
        String[] me = api.signedIn(email, PASSPHRASE);
        Answer head = api.send("HEAD", "/profile/me/export", null, me);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).isEqualTo("application/json");
        assertThat(head.bytes()).isEmpty();
        assertThat(context.getBean(ExportService.class).document(UUID.randomUUID()))
                .isEmpty();
        assertThat(context.getBean(ExportService.class).archive(UUID.randomUUID()))
                .isEmpty();
    }

    private JsonNode export(String[] me) {
        Answer answer = api.get("/profile/me/export", me);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        ExportSchema.DOCUMENT.check(answer.text());
        return answer.json();
    }

    private Map<String, byte[]> archive() throws IOException {
        UUID id = context.getBean(Accounts.class)
                .findByEmail(EmailAddress.parse(email).orElseThrow())
                .orElseThrow()
                .id();
        Map<String, byte[]> files = new HashMap<>();
        try (InputStream archive =
                        context.getBean(ExportService.class).archive(id).orElseThrow();
                ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive.readAllBytes()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static Map<String, String> texts(Map<String, byte[]> files) {
        Map<String, String> texts = new HashMap<>();
        files.forEach((name, bytes) -> texts.put(name, new String(bytes, StandardCharsets.UTF_8)));
        texts.remove("photo.jpg");
        return texts;
    }

    private String nickname() {
        return "n_" + email.replaceAll("@.*", "");
    }

    /** Everything that somebody can leave behind here; returns the header that signs them in. */
    private String[] writeEverywhere() {
        api.action("/api/signup/init", Map.of("email", email, "consent", true, "name", "Quintessa"));
        assertThat(api.form(api.mailedLink(email, "/confirm/"), Map.of("passphrase", PASSPHRASE))
                        .status())
                .isEqualTo(303);
        String[] first = api.bearer(email, PASSPHRASE);
        Map<String, String> profile = Map.of("nickname", nickname(), "bio", "Once.");
        assertThat(api.upload("POST", "/profile/me", profile, Images.jpeg(64, 64), first)
                        .status())
                .isEqualTo(201);
        api.send("PUT", "/profile/me/passphrase", Map.of("current", PASSPHRASE, "new", PASSPHRASE + "!"), first);
        api.send("PUT", "/profile/me/passphrase", Map.of("current", PASSPHRASE + "!", "new", PASSPHRASE), first);
        String key = api.post("/login", Map.of("email", email, "password", PASSPHRASE))
                .text("session_key");
        Map<String, String> details = Map.of(
                "first_name", "Quintessa",
                "last_name", "Zyxwv",
                "country", "Nowhere",
                "pin_code", "Z1234",
                "contact_country_code", "049",
                "contact_number", "0123456789");
        assertThat(api.send("PUT", "/user_mngt_user?email=" + email + "&session_key=" + key, details)
                        .status())
                .isEqualTo(200);
        String[] chat = {
            "Authorization",
            "Bearer " + Api.KEY,
            "openai-ephemeral-user-id",
            "some user",
            "openai-conversation-id",
            "a chat"
        };
        api.post("/api/update/init", Map.of("email", email, "proposal", Map.of("bio", "By chat.")), chat);
        assertThat(api.form(api.mailedLink(email, "/edit/"), Map.of("bio", "Now."))
                        .status())
                .isEqualTo(303);
        assertThat(api.post("/profile/me/email", Map.of("email", "elsewhere." + email, "password", PASSPHRASE), first)
                        .status())
                .isEqualTo(202);
        return first;
    }
}
