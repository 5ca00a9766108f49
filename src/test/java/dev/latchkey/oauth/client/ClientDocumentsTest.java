package dev.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.limit.CallerAddress;
import dev.latchkey.oauth.client.Clients.Found;
import dev.latchkey.photo.ImageHost;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.Race;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientDocumentsTest {
    private static final String PATH = "/client.json";
    private static final String REDIRECT = "https://images.example.org/callback";
    private static final AtomicInteger CALLERS = new AtomicInteger();

    private final ApplicationContext context =
            Contexts.shared(Database.SQLITE, Map.of("test.image-host", true, "test.clock", true));
    private final Clients clients = context.getBean(Clients.class);
    private final MutableClock clock = context.getBean(MutableClock.class);
    private final CallerAddress caller = caller();
    private final ClientHost host = new ClientHost();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void takesAClientAtItsWord() {
        assertThat(find(host.publish(PATH, REDIRECT, "http://localhost/callback")))
                .isInstanceOfSatisfying(Found.Client.class, found -> {
                    assertThat(found.client().id()).isEqualTo(host.id(PATH));
                    assertThat(found.client().host()).isEqualTo(ImageHost.NAME);
                    assertThat(found.client().name()).isEqualTo("Example Assistant");
                    assertThat(found.client().redirectUris()).containsExactly(REDIRECT, "http://localhost/callback");
                });
    }

    /** As ChatGPT publishes it: it prefers another way, and can do without. */
    @Test
    void takesOneThatCanDoWithoutASecret() {
        String document = ClientHost.document(host.id(PATH), REDIRECT)
                .replace(
                        "\"none\"",
                        "\"private_key_jwt\", \"token_endpoint_auth_methods_supported\": [\"none\", \"private_key_jwt\"],"
                                + " \"jwks_uri\": \"https://images.example.org/jwks.json\"");

        assertThat(find(host.say(PATH, "", document))).isInstanceOf(Found.Client.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "client.json\"|other.json\"",
                "client.json\"|client.json?a=b\"",
                "\"client_id\"|\"client\"",
                "https://images|HTTPS://images",
                "\"none\"|\"private_key_jwt\"",
                "\"none\"|\"client_secret_post\"",
                "\"none\"|\"none\", \"client_secret\": \"everybody can read this\"",
                "\"none\"|\"none\", \"client_secret_expires_at\": 0",
                "https://images.example.org/callback|http://images.example.org/callback",
                "https://images.example.org/callback|javascript:alert(1)",
                "[\"https://images.example.org/callback\"]|[]",
                "\"Example Assistant\"|1",
                "\"Example Assistant\"|\"\\u0007\"",
                "[\"code\"]|[\"token\"]",
                "{|[",
                "}|"
            })
    void refusesOneThatSaysSomethingElse(String instead, String of) {
        String document = ClientHost.document(host.id(PATH), REDIRECT).replace(instead, of == null ? "" : of);

        assertThat(find(host.say(PATH, "", document))).isEqualTo(new Found.Unknown());
    }

    @Test
    void followsNoRedirect() {
        String other = host.publish("/other.json", REDIRECT);

        assertThat(find(host.answer(
                        PATH, "HTTP/1.1 302 Found\r\nLocation: " + other + "\r\nContent-Length: 0\r\n\r\n")))
                .isEqualTo(new Found.Unreachable());
        assertThat(host.asked()).containsExactly(PATH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"404 Not Found", "500 Internal Server Error", "206 Partial Content", "201 Created"})
    void takesNoOtherAnswer(String status) {
        String document = ClientHost.document(host.id(PATH), REDIRECT);

        assertThat(find(host.answer(
                        PATH,
                        "HTTP/1.1 " + status + "\r\nContent-Length: " + document.length() + "\r\n\r\n" + document)))
                .isEqualTo(new Found.Unreachable());
    }

    @Test
    void readsNoMoreThanADocumentNeeds() {
        String document = ClientHost.document(host.id(PATH), REDIRECT);
        String full = document + " ".repeat(ClientDocuments.MOST_BYTES - document.length());

        assertThat(find(host.say(PATH, "Cache-Control: max-age=0\r\n", full))).isInstanceOf(Found.Client.class);
        clock.advance(Duration.ofHours(2));
        assertThat(find(host.say(PATH, "", full + " "))).isEqualTo(new Found.Unknown());
        assertThat(find(host.answer(PATH, "HTTP/1.1 200 OK\r\n\r\n" + full + " ")))
                .isEqualTo(new Found.Unknown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://inside.example.org/client.json",
                "https://127.0.0.1:1/client.json",
                "https://[::1]:1/client.json",
                "https://10.0.0.1/client.json",
                "https://169.254.169.254/latest/meta-data",
                "https://nowhere.example.org/client.json"
            })
    void reachesNoPrivateNetwork(String id) {
        assertThat(find(id)).isNotInstanceOf(Found.Client.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'Cache-Control: max-age=300\r\n',300",
        "'Cache-Control: public, max-age=7200\r\n',7200",
        "'Cache-Control: max-age=0\r\n',60",
        "'Cache-Control: no-store, max-age=7200\r\n',60",
        "'Cache-Control: s-maxage=9\r\n',3600",
        "'Cache-Control: max-age=999999999\r\n',86400",
        "'',3600"
    })
    void keepsItForAsLongAsItMay(String header, int seconds) {
        String id = host.say(PATH, header, ClientHost.document(host.id(PATH), REDIRECT));
        find(id);
        clock.advance(Duration.ofSeconds(seconds - 1));
        find(id);
        assertThat(host.asked()).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        find(id);
        assertThat(host.asked()).hasSize(2);
    }

    @Test
    void oneThatChangesIsWhatItIsNow() {
        String id = host.publish(PATH, REDIRECT);
        find(id);
        host.publish(PATH, "https://images.example.org/other");
        clock.advance(Duration.ofMinutes(5));

        assertThat(find(id))
                .isInstanceOfSatisfying(
                        Found.Client.class,
                        found -> assertThat(found.client().redirectUris())
                                .containsExactly("https://images.example.org/other"));

        host.answer(PATH, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        clock.advance(Duration.ofMinutes(5));
        assertThat(find(id)).isEqualTo(new Found.Unreachable());
    }

    @Test
    void whatIsWrongIsAskedForAgain() {
        String id = host.say(PATH, "", "{}");
        assertThat(find(id)).isEqualTo(new Found.Unknown());
        host.publish(PATH, REDIRECT);
        assertThat(find(id)).isInstanceOf(Found.Client.class);
    }

    @Test
    void whoAsksForWhatIsBeingFetchedWaitsForIt() throws Exception {
        String id = host.publish(PATH, REDIRECT);

        assertThat(Race.of(16, () -> clients.find(id, caller()))).hasOnlyElementsOfType(Found.Client.class);
        assertThat(host.asked()).hasSizeBetween(1, 2);
    }

    /** However slow they are: who has no turn does not wait for one. */
    @Test
    void slowDocumentsHoldUpNobodyElse() {
        Turns turns = new Turns();
        for (int i = 0; i < Turns.PER_CALLER; i++) {
            assertThat(turns.take("slow.example.com", caller)).isTrue();
        }
        assertThat(turns.take("other.example.com", caller))
                .as("of the same caller")
                .isFalse();
        assertThat(turns.take("slow.example.com", caller()))
                .as("of the same host")
                .isFalse();
        assertThat(turns.take("other.example.com", caller())).isTrue();

        turns.giveBack("slow.example.com", caller);
        assertThat(turns.take("slow.example.com", caller())).isTrue();
        assertThat(turns.take("other.example.com", caller)).isTrue();
    }

    @Test
    void whoNamesDocumentsThatNeverComeWaitsForNoFurtherOne() throws Exception {
        String further = host.publish(PATH, REDIRECT);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Found>> slow = IntStream.range(0, Turns.PER_CALLER)
                    .mapToObj(i -> threads.submit(() -> find(host.id("/never/" + i))))
                    .toList();
            await().until(() -> host.asked().size() == Turns.PER_CALLER);

            assertThat(find(further)).isEqualTo(new Found.Unreachable());
            assertThat(host.asked()).doesNotContain(PATH);
            assertThat(slow).noneMatch(Future::isDone);
            host.close();
        }
    }

    @Test
    void fetchesAreBoundedInAll() {
        Turns turns = new Turns();
        for (int i = 0; i < Turns.IN_ALL; i++) {
            assertThat(turns.take(i + ".example.com", caller())).isTrue();
        }
        assertThat(turns.take("one-more.example.com", caller())).isFalse();
        turns.giveBack("0.example.com", caller());
        assertThat(turns.take("one-more.example.com", caller())).isTrue();
    }

    @Test
    void oneCallerHasFewFetchesAtOnceAndOthersTheirOwn() {
        for (int i = 0; i < ClientDocuments.AT_ONCE; i++) {
            assertThat(find(host.publish("/" + i, REDIRECT))).isInstanceOf(Found.Client.class);
        }
        String id = host.publish(PATH, REDIRECT);
        assertThat(find(id)).isEqualTo(new Found.Unreachable());
        assertThat(find(host.id("/0"))).as("what is kept costs nothing").isInstanceOf(Found.Client.class);
        assertThat(clients.find(id, caller())).isInstanceOf(Found.Client.class);
    }

    private Found find(String id) {
        return clients.find(id, caller);
    }

    private static CallerAddress caller() {
        return new CallerAddress("192.0.2." + CALLERS.incrementAndGet());
    }
}
