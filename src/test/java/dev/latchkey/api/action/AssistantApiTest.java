package dev.latchkey.api.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AssistantApiTest {
    private final EmbeddedServer server = Contexts.server(
            Database.SQLITE, Map.of("latchkey.links-per-hour", 1000, "latchkey.links-per-minute", 1000));
    private final EmbeddedServer strict = Contexts.server(Database.SQLITE, Map.of("latchkey.unknown-user", "conceal"));
    private final ApplicationContext context = server.getApplicationContext();
    private final Api api = new Api(server);
    private Account somebody = People.somebody(context);

    @BeforeAll
    void start() {
        somebody = People.somebody(context);
    }

    @Test
    @DisplayName("Init answers 202 with a request id, two words and instructions, and nothing that opens an account")
    void acceptsInit() {
        Answer answer = init("{\"email\": \"" + somebody.email() + "\"}");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("status")).isEqualTo("accepted");
        assertThat(answer.text("matchPhrase")).matches("[a-z]+ [a-z]+");
        assertThat(answer.text("instructions")).contains(answer.text("matchPhrase"));
        assertThat(UUID.fromString(answer.text("requestId")).version()).isEqualTo(7);
        assertThat(answer.text()).doesNotContain(somebody.email().value()).doesNotContain("http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"pin\": %d}", "{\"pin\": \"%d\"}", "{\"email\": \"\", \"pin\": %d, \"other\": [1]}"})
    @DisplayName("Init takes the PIN as a number or as a string, and ignores what it does not know")
    void acceptsAPin(String json) {
        assertThat(init(json.formatted(somebody.pin())).status()).isEqualTo(202);
    }

    @Test
    @DisplayName("With both, the email address alone decides")
    void prefersTheAddress() {
        assertThat(init("{\"email\": \"nobody@example.org\", \"pin\": " + somebody.pin() + "}")
                        .problem())
                .isEqualTo("user-not-found");
        assertThat(init("{\"email\": \"" + somebody.email() + "\", \"pin\": 100}")
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"email\": null}",
                "{\"email\": \"\"}",
                "{\"email\": \"a@b\"}",
                "{\"email\": \"a@example.com,b@example.com\"}",
                "{\"email\": \"Ada <ada@example.com>\"}",
                "{\"email\": \"ada@[127.0.0.1]\"}",
                "{\"email\": \"\\\"ada\\\"@example.com\"}",
                "{\"email\": \"ada@example.com\\r\\nBcc: x@example.com\"}",
                "{\"email\": [\"ada@example.com\"]}",
                "{\"email\": {\"a\": 1}}",
                "{\"email\": 5}",
                "{\"email\": true}",
                "{\"pin\": 99999999}",
                "{\"pin\": 1000000000}",
                "{\"pin\": 100000001.5}",
                "{\"pin\": [100000001]}",
                "{\"pin\": \"१२३४५६७८९\"}",
                "{\"pin\": \"100 000 001\"}",
                "{\"email\": \"a@example.com\", \"email\": \"b@example.com\"}",
                "[]",
                "\"text\"",
                "null",
                "",
                "{\"email\": ",
                "{\"email\": \"\\ud800@example.com\"}"
            })
    @DisplayName("Init refuses what it cannot use with 400 and a sentence")
    void refusesUnusableInit(String json) {
        Answer answer = init(json);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("invalid-request");
        assertThat(answer.text("detail")).endsWith(".");
        assertThat(answer.text("instance"))
                .isEqualTo(
                        answer.response().headers().firstValue("X-Request-Id").orElseThrow());
    }

    @Test
    @DisplayName("Init without a valid key answers 401 and sends nothing")
    void refusesStrangers() {
        Answer answer = api.post("/api/update/init", "{\"email\": \"" + somebody.email() + "\"}");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("unauthorized");
        assertThat(answer.response().headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }

    @Test
    @DisplayName("Init tells a key holder that an account is not there or blocked")
    void reportsUnknownAndBlocked() {
        assertThat(init("{\"email\": \"nobody@example.org\"}").status()).isEqualTo(404);
        Account blocked = People.somebody(context, AccountStatus.BLOCKED);
        Answer answer = init("{\"email\": \"" + blocked.email() + "\"}");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.problem()).isEqualTo("account-blocked");
    }

    @Test
    @DisplayName("In conceal mode an unknown user's request looks like a known one's, the second one too")
    void conceals() {
        Api concealing = new Api(strict);
        Account known = People.somebody(strict.getApplicationContext());
        List<String> shapes = new ArrayList<>();
        for (String email : List.of(known.email().value(), "nobody@example.org")) {
            Answer first = concealing.action("/api/update/init", "{\"email\": \"" + email + "\"}");
            Answer second = concealing.action("/api/update/init", "{\"email\": \"" + email + "\"}");
            Answer status = concealing.status(first.text("requestId"));
            shapes.add(first.status() + "," + names(first) + "," + second.status() + "," + second.problem() + ","
                    + status.status() + "," + names(status) + "," + status.text("state"));
        }
        assertThat(shapes.get(0)).isEqualTo(shapes.get(1)).startsWith("202,");
    }

    @Test
    @DisplayName("Over the limit Init answers 429 with Retry-After and a sentence for the user")
    void limits() {
        Account known = People.somebody(strict.getApplicationContext());
        Api limited = new Api(strict);
        String body = "{\"pin\": " + known.pin() + "}";
        assertThat(limited.action("/api/update/init", body).status()).isEqualTo(202);
        Answer second = limited.action("/api/update/init", body);
        assertThat(second.status()).isEqualTo(429);
        assertThat(second.problem()).isEqualTo("too-many-requests");
        assertThat(Long.parseLong(
                        second.response().headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(50L, 60L);
        assertThat(second.text("detail")).matches(".*another link can be requested in \\d+ seconds\\.");
    }

    @Test
    @DisplayName("Load shows what the token opens, null where there is nothing, and Status says opened")
    void loads() {
        Answer asked = init("{\"email\": \"" + somebody.email() + "\"}");
        assertThat(api.status(asked.text("requestId")).text("state")).isEqualTo("queued");

        Account fresh = People.somebody(context);
        Answer loaded = load(Links.fresh(context, fresh));
        assertThat(loaded.status()).isEqualTo(200);
        assertThat(names(loaded))
                .isEqualTo(
                        "email,pin,name,pronouns,nickname,locale,bio,photoUrl,hasPassphrase,tier,version,expiresAt,matchPhrase");
        assertThat(loaded.text("email")).isEqualTo(fresh.email().value());
        assertThat(loaded.json().path("pin").isInt()).isTrue();
        assertThat(loaded.json().path("bio").isNull()).isTrue();
        assertThat(loaded.json().path("version").asLong()).isZero();
        assertThat(loaded.text("tier")).isEqualTo("FREE");
        assertThat(loaded.response().headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    @DisplayName("Save writes JSON fields once; afterwards the token answers 410 link-used")
    void saves() {
        String token = Links.fresh(context, somebody);
        Answer saved = save(token, "\"bio\": \"Hello\", \"locale\": \"pt-br\"");
        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.text())
                .isEqualTo("{\"status\":\"saved\",\"changed\":[\"bio\",\"locale\"],\"instructions\":\""
                        + "Saved. The link can’t be used again; ask for a new one to change something else.\"}");
        Answer again = save(token, "\"bio\": \"Again\"");
        assertThat(again.status()).isEqualTo(410);
        assertThat(again.problem()).isEqualTo("link-used");
        // Whoever holds the token is spoken to in the language that was saved with it.
        assertThat(again.text("detail")).startsWith("Este link foi usado").endsWith("Peça um novo link.");
        assertThat(load(token).problem()).isEqualTo("link-used");
    }

    @Test
    @DisplayName("Save takes the same fields and a photo as a form; photoUrl then serves it")
    void savesAForm() {
        String token = Links.fresh(context, somebody);
        Answer saved = api.upload(
                "POST",
                "/api/update/save",
                Map.of("token", token, "name", "Zoë 🦊", "pronouns", "ze/hir"),
                Images.jpeg(800, 600));
        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.json().path("changed").toString()).isEqualTo("[\"name\",\"photo\",\"pronouns\"]");
        Answer loaded = load(Links.fresh(context, somebody));
        assertThat(loaded.text("name")).isEqualTo("Zoë 🦊");
        assertThat(loaded.text("pronouns")).isEqualTo("ze/hir");
        assertThat(loaded.text("photoUrl")).matches("http://localhost/photos/[0-9a-f]{64}\\.jpg");
    }

    @Test
    @DisplayName("Save that changes nothing answers unchanged and leaves the token alive")
    void leavesUnchanged() {
        String token = Links.fresh(context, somebody);
        assertThat(save(token, "\"passphrase\": null").text("status")).isEqualTo("unchanged");
        assertThat(save(token, "\"bio\": \"Different " + UUID.randomUUID() + "\"")
                        .text("status"))
                .isEqualTo("saved");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "bio": 5                      | 400 | invalid-request  | /bio
                    "removePhoto": "yes"          | 400 | invalid-request  | /removePhoto
                    "version": "1"                | 400 | invalid-request  | /version
                    "locale": ""                  | 422 | invalid-fields   | /locale
                    "locale": "tlh"               | 422 | invalid-fields   | /locale
                    "passphrase": ""              | 422 | invalid-fields   | /passphrase
                    "passphrase": "1234567"       | 422 | invalid-fields   | /passphrase
                    "nickname": "ab"              | 422 | invalid-fields   | /nickname
                    "nickname": "_abc"            | 422 | invalid-fields   | /nickname
                    "pronouns": "she\\nher"       | 422 | invalid-fields   | /pronouns
                    "name": "a\\u0000b"           | 422 | invalid-fields   | /name
                    "bio": "a\\u001bb"            | 422 | invalid-fields   | /bio
                    """)
    @DisplayName("Save refuses a bad field with a pointer to it and keeps the token")
    void refusesFields(String json, int status, String problem, String pointer) {
        String token = Links.fresh(context, somebody);
        Answer answer = save(token, json);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.json().path("errors").path(0).path("pointer").asText())
                .isEqualTo(pointer);
        assertThat(load(token).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("Save refuses photos that are none or too large with 415 and 413 and keeps the token")
    void refusesPhotos() {
        String token = Links.fresh(context, somebody);
        Answer html = api.upload(
                "POST",
                "/api/update/save",
                Map.of("token", token),
                "<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(html.status()).isEqualTo(415);
        assertThat(html.problem()).isEqualTo("unsupported-photo");
        Answer large = api.upload("POST", "/api/update/save", Map.of("token", token), new byte[5 * 1024 * 1024 + 1]);
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.problem()).isEqualTo("too-large");
        assertThat(load(token).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("Save with a stale version answers 409 with the current values and keeps the token")
    void refusesAStaleVersion() {
        Account fresh = People.somebody(context);
        save(Links.fresh(context, fresh), "\"bio\": \"First\"");
        String token = Links.fresh(context, fresh);
        Answer conflict = save(token, "\"version\": 0, \"bio\": \"Stale\"");
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.problem()).isEqualTo("version-conflict");
        assertThat(conflict.json().path("current").path("bio").asText()).isEqualTo("First");
        assertThat(save(token, "\"version\": 1, \"bio\": \"Fresh\"").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("Save with what was loaded as base keeps what others changed, and refuses only what both changed")
    @Asvs("2.2.3")
    void mergesWithABase() {
        Account fresh = People.somebody(context);
        save(Links.fresh(context, fresh), "\"bio\": \"First\", \"name\": \"Ada\"");
        String token = Links.fresh(context, fresh);
        Answer loaded = load(token);
        String base = "\"version\": 1, \"base\": " + loaded.text();
        String other = Links.fresh(context, fresh);
        assertThat(save(other, "\"name\": \"Augusta\"").status()).isEqualTo(200);
        String again = Links.fresh(context, fresh);

        Answer conflict = save(again, base + ", \"name\": \"Ada L.\", \"bio\": \"Second\"");
        assertThat(conflict.problem()).isEqualTo("version-conflict");
        assertThat(conflict.json().path("fields").toString()).isEqualTo("[\"name\"]");
        Answer saved = save(again, base + ", \"name\": \"Ada\", \"bio\": \"Second\"");
        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.json().path("changed").toString()).isEqualTo("[\"bio\"]");
    }

    @Test
    @DisplayName("Save answers 503 when the database fails; everything is undone and the token lives on")
    void survivesADatabaseFailure() {
        String token = Links.fresh(context, somebody);
        Sql.refuseNotices(context, Database.SQLITE);
        Answer failed;
        try {
            failed = save(token, "\"bio\": \"Lost " + UUID.randomUUID() + "\"");
        } finally {
            Sql.acceptNotices(context, Database.SQLITE);
        }
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.problem()).isEqualTo("unavailable");
        assertThat(failed.response().headers().firstValue("Retry-After")).isPresent();
        assertThat(load(token).text("bio")).doesNotContain("Lost");
        assertThat(save(token, "\"bio\": \"Kept " + UUID.randomUUID() + "\"").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%00", "00000000-0000-0000-0000-000000000000", "1-1-1-1-1"})
    @DisplayName("Status of an unknown request answers 404")
    void knowsNoRequest(String id) {
        Answer answer = api.status(id);
        assertThat(answer.status()).isBetween(400, 404);
    }

    private Answer init(String json) {
        return api.action("/api/update/init", json);
    }

    private Answer load(String token) {
        return api.post("/api/update/load", "{\"token\": \"" + token + "\"}");
    }

    private Answer save(String token, String members) {
        return api.post("/api/update/save", "{\"token\": \"" + token + "\", " + members + "}");
    }

    private static String names(Answer answer) {
        List<String> names = new ArrayList<>();
        answer.json().fieldNames().forEachRemaining(names::add);
        return String.join(",", names);
    }
}
