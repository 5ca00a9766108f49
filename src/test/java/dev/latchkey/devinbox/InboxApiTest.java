package dev.latchkey.devinbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.account.Account;
import dev.latchkey.devinbox.delivery.Arrivals;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Client;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboxApiTest {
    private static final String MESSAGES = "/dev/inbox/messages";
    private static final String LATEST = MESSAGES + "/latest";

    private final Client client = Client.shared();
    private final int smtp =
            client.server().getApplicationContext().getBean(DevMailServer.class).smtpPort();

    @Test
    @DisplayName(
            "A script finds its own mails by their recipient, whatever the case of the address, and by their subject")
    void findsByRecipientAndSubject() {
        String mine = Client.freshEmail();
        deliver(mine, "The first");
        deliver(mine, "The second");
        deliver(Client.freshEmail(), "The second");
        assertThat(subjects(MESSAGES + "?to=" + mine)).containsExactly("The second", "The first");
        assertThat(subjects(MESSAGES + "?to=" + mine.toUpperCase(Locale.ROOT)))
                .containsExactly("The second", "The first");
        assertThat(subjects(MESSAGES + "?subject=FIRST&to=" + mine)).containsExactly("The first");
        assertThat(subjects(MESSAGES + "?limit=1&to=" + mine)).containsExactly("The second");
        assertThat(subjects(MESSAGES + "?to=" + mine.substring(1))).isEmpty();
        assertThat(client.get(LATEST + "?to=" + mine).text("subject")).isEqualTo("The second");
        assertThat(client.get(LATEST + "?limit=1&subject=first&to=" + mine).text("subject"))
                .isEqualTo("The first");
    }

    @Test
    @DisplayName("An address with a plus is found whether or not the plus is encoded")
    void findsAddressesWithPlus() {
        String mine = "plus+" + Client.freshEmail();
        deliver(mine, "Plus");
        assertThat(subjects(MESSAGES + "?to=" + mine)).containsExactly("Plus");
        assertThat(subjects(MESSAGES + "?to=" + mine.replace("+", "%2B"))).containsExactly("Plus");
    }

    @Test
    @DisplayName("What came in since a time, or after a mail, is found")
    void findsWhatIsNew() {
        String mine = Client.freshEmail();
        Instant begin = Instant.now();
        JsonNode first = deliver(mine, "The first");
        assertThat(subjects(MESSAGES + "?to=" + mine + "&since=" + begin)).containsExactly("The first");
        assertThat(subjects(MESSAGES + "?to=" + mine + "&since="
                        + first.path("receivedAt").asText()))
                .containsExactly("The first");
        assertThat(subjects(MESSAGES + "?to=" + mine + "&since=" + Instant.now().plusSeconds(60)))
                .isEmpty();
        String afterFirst =
                MESSAGES + "?to=" + mine + "&since=" + first.path("id").asText();
        assertThat(subjects(afterFirst)).isEmpty();
        deliver(mine, "The second");
        assertThat(subjects(afterFirst)).containsExactly("The second");
    }

    @Test
    @DisplayName("A mail names the request that caused it, and has its headers, decoded")
    void namesTheRequest() throws Exception {
        Account ada = People.somebody(client.server().getApplicationContext());
        String request = client.action(
                        "/api/update/init", Map.of("email", ada.email().value()))
                .text("requestId");
        JsonNode mail = client.get(LATEST + "?wait=10s&to=" + ada.email()).json();
        assertThat(mail.path("requestId").asText()).isEqualTo(request);
        assertThat(mail.path("headers").path("Auto-Submitted")).hasToString("[\"auto-generated\"]");
        assertThat(mail.path("headers").path("Received").isArray()).isTrue();

        String mine = Client.freshEmail();
        send(
                mine,
                "Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=\r\nX-Twice: one\r\nX-Twice: two\r\nX-Long: a\r\n b\r\n\r\nHi\r\n");
        JsonNode other = client.get(LATEST + "?wait=10s&to=" + mine).json();
        assertThat(other.path("requestId").isNull()).isTrue();
        assertThat(other.path("subject").asText()).isEqualTo("Grüße");
        assertThat(other.path("headers").path("Subject")).hasToString("[\"Grüße\"]");
        assertThat(other.path("headers").path("X-Twice")).hasToString("[\"one\",\"two\"]");
        assertThat(other.path("headers").path("X-Long")).hasToString("[\"a b\"]");
        assertThat(client.get(MESSAGES + "/" + other.path("id").asText()).json())
                .isEqualTo(other);
    }

    @Test
    @DisplayName("Whoever waits is answered as soon as the mail is there")
    void answersWhenTheMailComes() {
        String mine = Client.freshEmail();
        long begin = System.nanoTime();
        CompletableFuture<Answer> latest =
                CompletableFuture.supplyAsync(() -> client.get(LATEST + "?wait=PT60S&to=" + mine));
        CompletableFuture<Answer> list =
                CompletableFuture.supplyAsync(() -> client.get(MESSAGES + "?wait=60s&to=" + mine));
        await().until(this::isAnybodyWaiting);
        deliver(Client.freshEmail(), "For somebody else");
        assertThat(latest).isNotDone();
        deliver(mine, "For me");
        assertThat(latest.join().text("subject")).isEqualTo("For me");
        assertThat(list.join().json()).hasSize(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    }

    private boolean isAnybodyWaiting() {
        return client.server().getApplicationContext().getBean(Arrivals.class).waiting() >= 2;
    }

    @Test
    @DisplayName("Sixteen tests that wait at once each get the mail of their own request")
    void givesEachItsOwn() throws Exception {
        List<Account> people = IntStream.range(0, 16)
                .mapToObj(i -> People.somebody(client.server().getApplicationContext()))
                .toList();
        List<? extends Callable<Void>> tests = people.stream()
                .<Callable<Void>>map(person -> () -> {
                    String address = person.email().value();
                    CompletableFuture<Answer> mail =
                            CompletableFuture.supplyAsync(() -> client.get(LATEST + "?wait=30s&to=" + address));
                    String request = client.action("/api/update/init", Map.of("email", address))
                            .text("requestId");
                    assertThat(mail.get().text("to")).isEqualTo(address);
                    assertThat(mail.get().text("requestId")).isEqualTo(request);
                    return null;
                })
                .toList();
        assertThat(Race.of(tests)).hasSize(16);
    }

    @Test
    @DisplayName("A wait ends in time: a list is empty then, and the latest is 404")
    void waitsNoLonger() {
        String nobody = Client.freshEmail();
        long begin = System.nanoTime();
        assertThat(client.get(MESSAGES + "?wait=300ms&to=" + nobody).text()).isEqualTo("[]");
        Answer latest = client.get(LATEST + "?wait=300ms&to=" + nobody);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(latest.status()).isEqualTo(404);
        assertThat(latest.problem()).isEqualTo("not-found");
        assertThat(took).isBetween(Duration.ofMillis(600), Duration.ofSeconds(10));
        assertThat(client.get(LATEST + "?to=" + nobody).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("One mail is deleted by its id, those to an address by the address, and no other")
    void deletesSome() {
        String mine = Client.freshEmail();
        String theirs = Client.freshEmail();
        JsonNode first = deliver(mine, "The first");
        deliver(mine, "The second");
        deliver(theirs, "Theirs");
        String path = MESSAGES + "/" + first.path("id").asText();
        assertThat(client.send("DELETE", path, null).status()).isEqualTo(204);
        assertThat(subjects(MESSAGES + "?to=" + mine)).containsExactly("The second");
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(client.send("DELETE", path, null).status()).isEqualTo(404);
        for (int i = 0; i < 2; i++) {
            assertThat(client.send("DELETE", MESSAGES + "?to=" + mine, null).status())
                    .isEqualTo(204);
        }
        assertThat(subjects(MESSAGES + "?to=" + mine)).isEmpty();
        assertThat(subjects(MESSAGES + "?to=" + theirs)).containsExactly("Theirs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "to=",
                "to=nobody",
                "to=a@example.org,b@example.org",
                "to=a@example.org&to=b@example.org",
                "subject=",
                "since=yesterday",
                "since=",
                "since=00000000-0000-3000-8000-000000000000",
                "limit=0",
                "limit=-1",
                "limit=many",
                "limit=99999999999",
                "wait=soon",
                "wait=30",
                "wait=-1s",
                "wait=61s",
                "wait="
            })
    @DisplayName("A filter without a usable value is 400 and named")
    void refusesValues(String query) {
        for (String path : new String[] {MESSAGES, LATEST}) {
            Answer answer = client.get(path + "?" + query);
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("invalid-request");
            assertThat(answer.json().at("/errors/0/pointer").asText())
                    .isEqualTo("/" + query.substring(0, query.indexOf('=')));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /dev/inbox/messages?from=a@example.org   | to, subject, since, limit, wait",
                "GET    | /dev/inbox/messages/latest?TO=a@b.example | to, subject, since, limit, wait",
                "DELETE | /dev/inbox/messages?subject=x             | to",
                "DELETE | /dev/inbox/messages?to=                   | to",
                "DELETE | /dev/inbox/messages?to=everybody          | to"
            })
    @DisplayName("An unknown filter is 400, names those that there are, and deletes nothing")
    void refusesUnknownFilters(String method, String path, String known) {
        String mine = Client.freshEmail();
        deliver(mine, "Mine");
        Answer answer = client.send(method, path, null);
        assertThat(answer.status()).isEqualTo(400);
        if (path.endsWith("=x") || method.equals("GET")) {
            assertThat(answer.text("detail")).endsWith("Known: " + known + ".");
        }
        assertThat(subjects(MESSAGES + "?to=" + mine)).containsExactly("Mine");
    }

    private JsonNode deliver(String to, String subject) {
        GreenMailUtil.sendTextEmail(
                to, "us@example.org", subject, "No link.", new ServerSetup(smtp, "127.0.0.1", "smtp"));
        Answer mail = client.get(LATEST + "?wait=10s&to=" + URLEncoder.encode(to, StandardCharsets.UTF_8) + "&subject="
                + URLEncoder.encode(subject, StandardCharsets.UTF_8));
        assertThat(mail.status()).isEqualTo(200);
        return mail.json();
    }

    private void send(String to, String message) throws Exception {
        Session session = GreenMailUtil.getSession(new ServerSetup(smtp, "127.0.0.1", "smtp"));
        byte[] bytes = ("To: " + to + "\r\n" + message).getBytes(StandardCharsets.US_ASCII);
        Transport.send(new MimeMessage(session, new ByteArrayInputStream(bytes)));
    }

    private List<String> subjects(String path) {
        return StreamSupport.stream(client.get(path).json().spliterator(), false)
                .map(mail -> mail.path("subject").asText())
                .toList();
    }
}
