package dev.latchkey.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.account.Account;
import dev.latchkey.mail.Outbox;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.delivery.MailDelivery;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.ApiDocuments;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.RawConnection;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.web.router.Router;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class AdminApiTest {
    private static final String KEY = "an-admin-key-of-32-characters-or-more";
    private static final String[] OPERATOR = {"Authorization", "Bearer " + KEY};

    private static final Pattern COMMAND =
            Pattern.compile("curl -s (?:-X (\\w+) )?\"\\$ADMIN(\\S+)\" -H \"Authorization: Bearer \\$KEY\"");

    private final EmbeddedServer server;
    private final ApplicationContext context;
    private final int port;
    private final Api pages;
    private final Api admin;

    AdminApiTest(Database database) {
        server = Contexts.server(
                database,
                Map.of(
                        "test.admin",
                        true,
                        "latchkey.admin-port",
                        0,
                        "latchkey.admin-keys",
                        "Ops:" + KEY + ",another-admin-key-of-32-characters",
                        "latchkey.links-per-minute",
                        1000,
                        "latchkey.links-per-hour",
                        1000));
        context = server.getApplicationContext();
        context.getBean(MailDelivery.class).stop();
        Set<Integer> ports = new HashSet<>(((NettyEmbeddedServer) server).getBoundPorts());
        ports.remove(server.getPort());
        port = ports.iterator().next();
        pages = new Api(server);
        admin = Api.at(port);
    }

    @BeforeEach
    void emptyOutbox() {
        Sql.run(context, "DELETE FROM outbox");
    }

    @Test
    @DisplayName("The document has every call that the server answers, and no other")
    void isDocumented() {
        assertThat(context.getBean(Router.class)
                        .uriRoutes()
                        .filter(route ->
                                route.getDeclaringType().getPackageName().equals("dev.latchkey.api.admin"))
                        .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
                        .map(route -> route.getHttpMethodName() + " "
                                + route.getUriMatchTemplate().toPathString())
                        .collect(Collectors.toSet()))
                .isEqualTo(ApiDocuments.ADMIN_API.calls());
    }

    @Test
    @DisplayName("Without one of the keys everything but health and metrics is 401, and nothing is done")
    @Asvs("8.2.1")
    void asksForTheKey() {
        Account somebody = People.somebody(context);
        String account = "/admin/accounts/" + somebody.id();
        for (String path : List.of("/", "/admin", "/admin/accounts", account, "/nothing", "/assets/latchkey.css")) {
            for (String[] header : List.of(
                    new String[0],
                    new String[] {"Authorization", "Bearer " + Api.KEY},
                    new String[] {"Authorization", "Bearer " + KEY.substring(1)},
                    new String[] {"Authorization", "Basic " + KEY},
                    new String[] {"Authorization", "Bearer "})) {
                Answer refused = admin.get(path, header);
                assertThat(refused.status()).as(path).isEqualTo(401);
                assertThat(refused.problem()).isEqualTo("unauthorized");
                assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
            }
        }
        for (String operation : List.of("/block", "/unblock", "/end-sessions")) {
            assertThat(admin.post(account + operation, null).status()).isEqualTo(401);
        }
        assertThat(admin.send("DELETE", account, null).status()).isEqualTo(401);
        assertThat(status(somebody)).isEqualTo("ACTIVE");
        assertThat(admin.get("/admin/accounts", "Authorization", "Bearer another-admin-key-of-32-characters")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("What is for operators is at their port alone, however it is spelt, and nothing else is there")
    void keepsThePortsApart() {
        for (String path : List.of("/health", "/health/liveness", "/health/readiness", "/prometheus")) {
            assertThat(admin.get(path).status()).as(path).isEqualTo(200);
            assertThat(pages.get(path).status()).as(path).isEqualTo(404);
            assertThat(pages.get(path + "/").status()).as(path).isEqualTo(404);
        }
        for (String path : List.of(
                "/admin",
                "/admin/accounts",
                "/admin/accounts/",
                "/%61dmin/accounts",
                "/admin%2Faccounts",
                "//admin/accounts",
                "/x/../admin/accounts",
                "/./admin/accounts")) {
            RawConnection.Answer raw = RawConnection.send(
                    server, "GET " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + KEY + "\r\n\r\n");
            assertThat(raw.status()).as(path).isIn(400, 404);
            assertThat(raw.body()).doesNotContain("\"accounts\"");
        }
        for (String path :
                List.of("/", "/account", "/api/update/status/1", "/assets/latchkey.css", "/docs", "/problems")) {
            assertThat(admin.get(path, OPERATOR).status()).as(path).isEqualTo(404);
        }
        assertThat(admin.post("/auth/login", Map.of("email", "a@example.org", "password", "x"), OPERATOR)
                        .status())
                .isEqualTo(404);
        assertThat(admin.send("OPTIONS", "/admin/accounts", null, "Origin", "https://evil.example")
                        .status())
                .isEqualTo(401);
    }

    @Test
    @DisplayName("An account is found, shown, blocked once, unblocked, signed out and deleted")
    void operatesOnAccounts() {
        Account somebody = People.somebody(context);
        String path = "/admin/accounts/" + somebody.id();
        Answer found = admin.get("/admin/accounts?q=" + somebody.email().value().toUpperCase(), OPERATOR);
        assertThat(found.json().path("accounts")).hasSize(1);
        assertThat(admin.get("/admin/accounts?q=" + somebody.pin(), OPERATOR)
                        .json()
                        .path("accounts"))
                .isEqualTo(found.json().path("accounts"));
        JsonNode shown = admin.get(path, OPERATOR).json();
        assertThat(shown).isEqualTo(found.json().path("accounts").path(0));
        assertThat(shown.path("status").asText()).isEqualTo("ACTIVE");
        assertThat(shown.toString()).doesNotContainIgnoringCase("hash");

        assertThat(admin.post(path + "/end-sessions", null, OPERATOR).text("status"))
                .isEqualTo("unchanged");
        String link = Links.fresh(context, somebody);
        assertThat(admin.post(path + "/end-sessions", null, OPERATOR).text("status"))
                .isEqualTo("ended");
        assertThat(pages.post("/api/update/load", Map.of("token", link)).status())
                .isEqualTo(410);
        Answer blocked = admin.post(path + "/block", null, OPERATOR);
        assertThat(blocked.text("status")).isEqualTo("blocked");
        assertThat(blocked.json().path("account").path("status").asText()).isEqualTo("BLOCKED");
        assertThat(pages.action("/api/update/init", Map.of("pin", somebody.pin()))
                        .status())
                .isEqualTo(403);
        assertThat(admin.post(path + "/block", Map.of("any", "body"), OPERATOR).text("status"))
                .isEqualTo("unchanged");
        assertThat(admin.post(path + "/unblock", null, OPERATOR).text("status")).isEqualTo("unblocked");
        assertThat(pages.action("/api/update/init", Map.of("pin", somebody.pin()))
                        .status())
                .isEqualTo(202);

        assertThat(admin.send("DELETE", path, null, OPERATOR).status()).isEqualTo(204);
        assertThat(admin.send("DELETE", path, null, OPERATOR).problem()).isEqualTo("user-not-found");
        assertThat(admin.get(path, OPERATOR).status()).isEqualTo(404);
        assertThat(admin.post(path + "/block", null, OPERATOR).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("Requests are listed newest first, by account and state, a few at a time")
    void listsRequests() {
        Account somebody = People.somebody(context);
        String used = Links.fresh(context, somebody);
        pages.post("/api/update/save", Map.of("token", used, "bio", "Saved."));
        Links.fresh(context, somebody);
        pages.action("/api/update/init", Map.of("pin", somebody.pin()), "Accept-Language", "en");

        String mine = "/admin/requests?account=" + somebody.id();
        List<JsonNode> all = list(mine, "requests");
        assertThat(all)
                .extracting(request -> request.path("state").asText())
                .containsExactly("queued", "sent", "saved");
        assertThat(all.getLast().path("fields").toString()).contains("bio");
        assertThat(all)
                .allMatch(request ->
                        request.path("accountId").asText().equals(somebody.id().toString()));
        assertThat(list(mine + "&state=saved", "requests")).containsExactly(all.getLast());
        assertThat(list(mine + "&state=expired", "requests")).isEmpty();
        Answer two = admin.get(mine + "&limit=2", OPERATOR);
        assertThat(two.json().path("requests")).hasSize(2);
        assertThat(list(mine + "&limit=2&after=" + two.text("next"), "requests"))
                .containsExactly(all.getLast());
        assertThat(list("/admin/requests?limit=3", "requests")).isEqualTo(all);
        Sql.run(
                context,
                "UPDATE link_requests SET expires_at = created_at WHERE state = 'SENT' AND account_id = '"
                        + somebody.id() + "'");
        assertThat(list(mine + "&state=expired", "requests")).hasSize(1);
        assertThat(list(mine + "&state=sent", "requests")).isEmpty();
    }

    @Test
    @DisplayName("The outbox shows what waits and what was given up, sends again and removes")
    void showsTheOutbox() {
        Account somebody = People.somebody(context);
        String first =
                pages.action("/api/update/init", Map.of("pin", somebody.pin())).text("requestId");
        String second =
                pages.action("/api/update/init", Map.of("pin", somebody.pin())).text("requestId");
        List<JsonNode> entries = list("/admin/outbox", "entries");
        assertThat(entries).hasSize(2);
        assertThat(entries.getFirst().path("state").asText()).isEqualTo("waiting");
        assertThat(entries.getFirst().path("to").asText())
                .isEqualTo("p…@example.org")
                .isNotEqualTo(somebody.email().value());
        assertThat(entries.getFirst().path("lastAnswer").isNull()).isTrue();
        String id = entries.getFirst().path("id").asText();
        Sql.run(
                context,
                "UPDATE outbox SET state = 'parked', attempts = 3, last_error = '550 <" + somebody.email()
                        + "> unknown' WHERE id = '" + id + "'");

        JsonNode parked = list("/admin/outbox?state=parked", "entries").getFirst();
        assertThat(parked.path("lastAnswer").asText()).isEqualTo("550 <p…@example.org> unknown");
        assertThat(parked.path("dueAt").isNull()).isTrue();
        assertThat(admin.post("/admin/outbox/" + id + "/again", null, OPERATOR).text("status"))
                .isEqualTo("queued");
        Answer again = admin.post("/admin/outbox/" + id + "/again", null, OPERATOR);
        assertThat(again.text("status")).isEqualTo("unchanged");
        assertThat(again.json().path("entry").path("attempts").asInt()).isZero();

        assertThat(admin.send("DELETE", "/admin/outbox/" + id, null, OPERATOR).status())
                .isEqualTo(204);
        assertThat(admin.send("DELETE", "/admin/outbox/" + id, null, OPERATOR).status())
                .isEqualTo(404);
        assertThat(admin.post("/admin/outbox/" + id + "/again", null, OPERATOR).status())
                .isEqualTo(404);
        assertThat(pages.status(first).text("state")).isEqualTo("undeliverable");
        assertThat(pages.status(second).text("state")).isEqualTo("queued");
        assertThat(list("/admin/outbox", "entries")).hasSize(1);
        // A mail to nobody, and one that a newer version put in.
        pages.action("/api/signup/init", Map.of("email", "new@example.net", "consent", true));
        unknownKind();
        assertThat(list("/admin/outbox?limit=200", "entries"))
                .extracting(entry ->
                        entry.path("kind").asText() + " " + entry.path("to").asText())
                .contains("confirm-link n…@example.net", "of-tomorrow null");
    }

    @Test
    @DisplayName("The commands of the page do what it says")
    void worksAsDocumented() throws Exception {
        Account somebody = People.somebody(context);
        pages.action("/api/update/init", Map.of("pin", somebody.pin()));
        String mail = list("/admin/outbox", "entries").getFirst().path("id").asText();
        List<String> commands = Files.readAllLines(Path.of("docs/admin.md")).stream()
                .filter(line -> line.startsWith("curl "))
                // Deleting comes last, whatever the order of the page, and takes the account's mails along.
                .sorted(Comparator.comparing((String line) -> line.contains("DELETE"))
                        .thenComparing(line -> line.contains("DELETE") && line.contains("/accounts/")))
                .toList();
        Set<String> calls = new HashSet<>();
        for (String command : commands) {
            Matcher parts = COMMAND.matcher(command);
            assertThat(parts.matches()).as(command).isTrue();
            String method = Objects.requireNonNullElse(parts.group(1), "GET");
            calls.add(method + " "
                    + parts.group(2)
                            .replaceAll("\\?.*", "")
                            .replace("$ID", "{id}")
                            .replace("$MAIL", "{id}"));
            String path =
                    parts.group(2).replace("$ID", somebody.id().toString()).replace("$MAIL", mail);
            assertThat(admin.send(method, path, null, OPERATOR).status())
                    .as(command)
                    .isIn(200, 204);
        }
        assertThat(calls).isEqualTo(ApiDocuments.ADMIN_API.calls());
    }

    @Test
    @DisplayName("Whoever presents a key sees of what health consists, the mail server and its oldest mail included")
    void showsWhatHealthConsistsOf() {
        pages.action("/api/update/init", Map.of("pin", People.somebody(context).pin()));
        assertThat(admin.get("/health/readiness").json().path("details").isNull())
                .isTrue();
        JsonNode mail =
                admin.get("/health/readiness", OPERATOR).json().path("details").path("mail");
        assertThat(mail.path("status").asText()).isEqualTo("UP");
        assertThat(mail.path("details").path("server").asText()).isIn("usable", "unusable");
        assertThat(mail.path("details").path("oldestDueSeconds").isNumber()).isTrue();
    }

    @Test
    @DisplayName("What makes no sense is a clear 4xx, and shows nothing")
    void refusesNonsense() {
        for (String path : List.of(
                "/admin/accounts?limit=0",
                "/admin/accounts?limit=201",
                "/admin/accounts?limit=many",
                "/admin/accounts?after=1-1-1-1-1",
                "/admin/accounts?email=a@example.org",
                "/admin/accounts?q=a&q=b",
                "/admin/accounts?q=" + "a".repeat(255),
                "/admin/requests?account=somebody",
                "/admin/requests?state=lost",
                "/admin/requests?State=sent",
                "/admin/outbox?state=WAITING",
                "/admin/outbox?after=x")) {
            Answer refused = admin.get(path, OPERATOR);
            assertThat(refused.status()).as(path).isEqualTo(400);
            assertThat(refused.problem()).isEqualTo("invalid-request");
        }
        UUID nobody = UUID.randomUUID();
        for (String id : List.of(nobody.toString(), "1-1-1-1-1", "ada@example.com", "x")) {
            assertThat(admin.get("/admin/accounts/" + id, OPERATOR).status()).isEqualTo(404);
            assertThat(admin.send("DELETE", "/admin/accounts/" + id, null, OPERATOR)
                            .status())
                    .isEqualTo(404);
            assertThat(admin.post("/admin/accounts/" + id + "/block", null, OPERATOR)
                            .status())
                    .isEqualTo(404);
            assertThat(admin.send("DELETE", "/admin/outbox/" + id, null, OPERATOR)
                            .status())
                    .isEqualTo(404);
        }
        assertThat(admin.get("/admin/accounts/" + nobody + "/block", OPERATOR).status())
                .isIn(404, 405);
        assertThat(admin.get("/admin/accounts?q=%25", OPERATOR).json().path("accounts"))
                .isEmpty();
    }

    @Test
    @DisplayName("The guards of connections hold at this port as well: a broken head is 400, an endless one 408")
    void guardsItsConnections() {
        try (RawConnection broken = new RawConnection("127.0.0.1", port);
                RawConnection endless = new RawConnection("127.0.0.1", port)) {
            RawConnection.Answer refused = broken.send("GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
                    .read();
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.header("x-content-type-options")).contains("nosniff");

            endless.send("GET /admin/accounts HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + KEY + "\r\nX: ");
            assertThat(endless.dripUntilAnswered('a').read().status()).isEqualTo(408);
            assertThat(endless.isClosed()).isTrue();
        }
    }

    private void unknownKind() {
        Outbox outbox = context.getBean(Outbox.class);
        @SuppressWarnings("unchecked")
        TransactionOperations<Connection> transactions = context.getBean(TransactionOperations.class);
        OutboxMessage mail = transactions.executeWrite(status -> outbox.add("of-tomorrow", "anything"));
        assertThat(mail.kind()).isEqualTo("of-tomorrow");
    }

    private List<JsonNode> list(String path, String member) {
        Answer answer = admin.get(path, OPERATOR);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path(member).valueStream().toList();
    }

    private String status(Account account) {
        return Sql.text(context, "SELECT status FROM accounts WHERE id = '" + account.id() + "'");
    }
}
