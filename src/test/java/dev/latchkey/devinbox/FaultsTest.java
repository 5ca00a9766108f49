package dev.latchkey.devinbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.devinbox.delivery.Faults;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxMessages;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Database;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
    private static final String FAULTS = "/dev/faults";

    private final DevServer server = DevServer.on(Database.SQLITE);

    @BeforeEach
    void begin() {
        server.reset();
    }

    @Test
    @DisplayName("Faults wait in the order in which they were asked for, until they happen or are cleared")
    void waitInTurn() {
        Answer first = server.post(FAULTS, Map.of("mails", List.of("stall", 451), "saves", List.of(503)));
        assertThat(first.status()).isEqualTo(200);
        Answer second = server.post(FAULTS, Map.of("mails", List.of("bounce"), "saves", List.of("503")));
        assertThat(second.text()).isEqualTo("{\"mails\":[\"stall\",\"451\",\"bounce\"],\"saves\":[503,503]}");
        assertThat(server.get(FAULTS).text()).isEqualTo(second.text());
        assertThat(server.send("DELETE", FAULTS, null).status()).isEqualTo(204);
        assertThat(server.get(FAULTS).text()).isEqualTo("{\"mails\":[],\"saves\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"logins\": [500]}",
                "{\"mails\": []}",
                "{\"mails\": \"451\"}",
                "{\"mails\": [\"451\", \"452\"]}",
                "{\"mails\": [null]}",
                "{\"mails\": [[\"451\"]]}",
                "{\"saves\": [500]}",
                "{\"mails\": [\"451\"], \"saves\": [\"now\"]}"
            })
    @DisplayName("An unknown fault is 400, names those that are known, and queues nothing")
    void refusesUnknownFaults(String body) {
        Answer answer = server.post(FAULTS, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).endsWith("Known: mails (451, 550, stall, cut, bounce), saves (503).");
        assertThat(server.get(FAULTS).text()).isEqualTo("{\"mails\":[],\"saves\":[]}");
    }

    @Test
    @DisplayName("More faults than a test can want are refused")
    void boundsTheQueue() {
        List<Integer> many = Collections.nCopies(Faults.MOST, 503);
        assertThat(server.post(FAULTS, Map.of("saves", many)).status()).isEqualTo(200);
        assertThat(server.post(FAULTS, Map.of("saves", List.of(503))).status()).isEqualTo(400);
    }

    @Test
    @DisplayName("What is no JSON is 415, and nothing is queued")
    void takesJsonAlone() {
        assertThat(server.form(FAULTS, "mails=451").status()).isEqualTo(415);
        assertThat(server.post(FAULTS, "[]").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "451   | 451 4.2.1 Mailbox busy",
                "stall | ",
                "cut   | ",
            })
    @DisplayName("A mail that is refused for now, hangs or is cut off goes out again when it is due, and arrives")
    void comesAgain(String fault, String error) {
        server.post(FAULTS, Map.of("mails", List.of(fault)));
        String request = server.init(DevServer.ADA);
        OutboxMessage waiting =
                await().atMost(Duration.ofSeconds(20)).until(() -> onlyMail(), mail -> mail.lastError() != null);
        assertThat(waiting.state().name()).isEqualTo("WAITING");
        if (error != null) {
            assertThat(waiting.lastError()).contains(error);
        }
        assertThat(state(request)).isEqualTo("queued");
        assertThat(server.get("/dev/inbox/messages").text()).isEqualTo("[]");
        assertThat(server.get(FAULTS).text()).contains("\"mails\":[]");

        server.forward("1h");
        assertThat(server.mail(DevServer.ADA).text("requestId")).isEqualTo(request);
        await().until(() -> state(request).equals("sent"));
    }

    @Test
    @DisplayName("A mail that is refused for good is parked, and Status says undeliverable")
    void isRefused() {
        server.post(FAULTS, Map.of("mails", List.of("550")));
        String request = server.init(DevServer.ADA);
        await().until(() -> state(request).equals("undeliverable"));
        assertThat(onlyMail().lastError()).contains("550 5.1.1 No such mailbox");
        assertThat(server.get("/dev/inbox/messages").text()).isEqualTo("[]");
    }

    @Test
    @DisplayName("One that stalls holds up no other, and is let go when faults are cleared")
    void letsGo() {
        server.post(FAULTS, Map.of("mails", List.of("stall")));
        server.init(DevServer.ADA);
        await().until(() -> server.get(FAULTS).text().contains("\"mails\":[]"));
        String other = server.init("pro@fixture.example");
        assertThat(server.mail("pro@fixture.example").text("requestId")).isEqualTo(other);
        server.send("DELETE", FAULTS, null);
        await().until(() -> onlyMail().lastError() != null);
    }

    @Test
    @DisplayName("A mail that bounces is taken, does not arrive, comes back as a report, and Status says undeliverable")
    void bounces() {
        server.post(FAULTS, Map.of("mails", List.of("bounce")));
        String request = server.init(DevServer.ADA);
        Answer report = server.get("/dev/inbox/messages/latest?wait=10s&subject=Undelivered");
        assertThat(report.text("to")).isEqualTo("latchkey@example.org");
        assertThat(report.text("text")).contains("<ada@example.com>");
        assertThat(report.json().at("/headers/Content-Type/0").asText())
                .contains("multipart/report", "report-type=delivery-status");
        assertThat(server.get("/dev/inbox/messages?to=" + DevServer.ADA).text()).isEqualTo("[]");
        await().until(() -> state(request).equals("undeliverable"));
        server.reset();
        String again = server.init(DevServer.ADA);
        assertThat(server.mail(DevServer.ADA).text("requestId")).isEqualTo(again);
    }

    @Test
    @DisplayName(
            "The next save fails as it does where the database is broken: 503, nothing saved, and the link still works")
    void failsTheNextSave() {
        String token = server.freshToken(DevServer.ADA);
        server.post(FAULTS, Map.of("saves", List.of(503)));
        Map<String, String> save = Map.of("token", token, "bio", "Saved at last.");
        Answer failed = server.post("/api/update/save", save);
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.problem()).isEqualTo("unavailable");
        assertThat(failed.header("Retry-After")).isNotEmpty();
        assertThat(server.post("/api/update/load", Map.of("token", token)).text("bio"))
                .startsWith("I write programs");
        assertThat(server.post("/api/update/save", save).text("status")).isEqualTo("saved");
    }

    @Test
    @DisplayName("The page and the account API fail by the same fault, and the page keeps what was typed")
    void failsEverySave() {
        String token = server.freshToken(DevServer.ADA);
        server.post(FAULTS, Map.of("saves", List.of(503, 503)));
        Answer page = server.upload(
                "POST", "/edit/" + token, Map.of("bio", "Typed by hand."), new byte[0], "Accept", "text/html");
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.html().select("textarea[name=bio]").text()).isEqualTo("Typed by hand.");
        String bearer =
                "Bearer " + server.login(DevServer.ADA, DevServer.PASSPHRASE).text("access_token");
        Answer account =
                server.send("PUT", "/profile/me", Map.of("bio", "By the account API."), "Authorization", bearer);
        assertThat(account.status()).isEqualTo(503);
        assertThat(server.send("PUT", "/profile/me", Map.of("bio", "Again."), "Authorization", bearer)
                        .status())
                .isEqualTo(200);
    }

    private String state(String request) {
        return server.status(request).text("state");
    }

    private OutboxMessage onlyMail() {
        OutboxMessages mails = server.bean(OutboxMessages.class);
        List<OutboxMessage> all = mails.findWaiting(10);
        return (all.isEmpty() ? mails.findParked(10) : all).getFirst();
    }
}
