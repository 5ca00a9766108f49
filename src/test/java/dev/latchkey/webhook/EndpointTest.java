package dev.latchkey.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.operating.WebhookSettings;
import dev.latchkey.support.FreePort;
import dev.latchkey.support.HookHost;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that are slow, broken or hostile. */
class EndpointTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);

    /** Longer than anything takes on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration LITTLE_PATIENCE = Duration.ofSeconds(2);

    private final HookHost host = new HookHost();
    private final Endpoint endpoint = endpoint(host.url());

    @AfterEach
    void stop() throws IOException {
        endpoint.close();
        host.close();
    }

    @Test
    void postsJsonOverOneConnectionThatIsKept() {
        assertThat(post()).isEqualTo(new Reply.Taken());
        assertThat(post()).isEqualTo(new Reply.Taken());
        assertThat(host.received).hasSize(2).allSatisfy(request -> {
            assertThat(request.line()).isEqualTo("POST /hook?key=only-we-know HTTP/1.1");
            assertThat(request.headers())
                    .containsEntry("content-type", "application/json; charset=UTF-8")
                    .containsEntry("user-agent", "Latchkey")
                    .doesNotContainKeys("cookie", "authorization", "upgrade");
            assertThat(request.body()).isEqualTo("{}");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"})
    void isLedNowhereElse(String status) {
        try (HookHost other = new HookHost()) {
            host.always(HookHost.answer(status, "Location: " + other.url()));
            assertThat(post()).isEqualTo(new Reply.Refused("answered " + status.substring(0, 3)));
            assertThat(other.received).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 Busy|Retry-After: 120|120",
                "429 Too Many|Retry-After: 7|7",
                "503 Busy|Retry-After: Fri, 20 Nov 2026 10:01:00 GMT|60",
                "503 Busy|Retry-After: Fri, 20 Nov 2026 09:00:00 GMT|0",
                "503 Busy|Retry-After: 999999999|3600",
                "503 Busy|Retry-After: 99999999999999999999|0",
                "503 Busy|Retry-After: -5|0",
                "503 Busy|Retry-After: soon|0",
                "503 Busy||0",
                "502 Bad Gateway|Retry-After: 120|0"
            })
    void leavesItAloneForAsLongAsItAsksButNeverForLongerThanAnHour(String status, String header, long seconds) {
        host.always(HookHost.answer(status, header == null ? "" : header));
        assertThat(post())
                .isEqualTo(new Reply.Unusable("answered " + status.substring(0, 3), Duration.ofSeconds(seconds)));
    }

    @Test
    void givesUpOnSilence() throws IOException {
        host.always(HookHost.SILENCE);
        assertThat(postInHaste()).isEqualTo(new Reply.Unusable("no answer within 2 s", Duration.ZERO));
    }

    @Test
    void givesUpOnAHeadThatDrips() throws IOException {
        host.always(HookHost.ENDLESS_HEAD);
        assertThat(postInHaste()).isEqualTo(new Reply.Unusable("no answer within 2 s", Duration.ZERO));
    }

    @Test
    void readsNoFurtherThanTheStatusNeeds() throws IOException {
        host.drips(Duration.ZERO);
        host.always(HookHost.ENDLESS);
        long began = System.nanoTime();
        assertThat(post()).isEqualTo(new Reply.Taken());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LITTLE_PATIENCE);
        host.drips(Duration.ofMillis(50));
        assertThat(postInHaste()).as("a body that drips").isEqualTo(new Reply.Taken());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 twohundred OK\r\n\r\n", "HTTP/1.1 200", "\0\1\2\3\r\n\r\n"})
    void takesGarbageForAnEndpointThatIsNotThere(String garbage) throws IOException {
        host.always(garbage);
        assertThat(postInHaste())
                .isInstanceOfSatisfying(
                        Reply.Unusable.class,
                        unusable -> assertThat(unusable.error())
                                .hasSizeLessThanOrEqualTo(200)
                                .matches("[ -~]+")
                                .doesNotContain("only-we-know"));
    }

    @Test
    void saysWhyItCannotBeReachedWithoutTheAddress() throws IOException {
        Endpoint away = endpoint("http://127.0.0.1:" + FreePort.next() + "/hook?key=only-we-know");
        assertThat(away.post(UUID.randomUUID(), "{}"))
                .isInstanceOfSatisfying(
                        Reply.Unusable.class,
                        unusable ->
                                assertThat(unusable.error()).contains("refused").doesNotContain("only-we-know"));
        away.close();
    }

    /** To one from which nothing more is to be expected. */
    private Reply postInHaste() throws IOException {
        Endpoint hasty = endpoint(host.url(), LITTLE_PATIENCE);
        Reply reply = hasty.post(UUID.randomUUID(), "{}");
        hasty.close();
        return reply;
    }

    private Reply post() {
        return endpoint.post(UUID.randomUUID(), "{}");
    }

    private static Endpoint endpoint(String url) {
        return endpoint(url, PATIENCE);
    }

    private static Endpoint endpoint(String url, Duration patience) {
        WebhookSettings settings = new WebhookSettings(url, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        return new Endpoint(settings, new Signatures(settings), CLOCK, patience);
    }
}
