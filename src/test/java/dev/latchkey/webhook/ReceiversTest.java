package dev.latchkey.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.config.operating.WebhookSettings;
import dev.latchkey.support.FreePort;
import dev.latchkey.support.OtherClients;
import dev.latchkey.support.Receiver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receivers of docs/webhooks.md, as they stand there: they take what we sign, and nothing else. */
class ReceiversTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx";
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    @Test
    void nodeWithTheOfficialVerifier() throws IOException {
        OtherClients.assumeInstalled("node_modules/standardwebhooks/package.json");
        verifies("js", "receiver.mjs", OtherClients.NODE.toString());
    }

    @Test
    void python() throws IOException {
        assumeTrue(Receiver.isOnPath("python3"), "There is no python3 on the PATH");
        verifies("python", "receiver.py", "python3");
    }

    @Test
    void java() throws IOException {
        verifies(
                "java",
                "Receiver.java",
                ProcessHandle.current().info().command().orElseThrow());
    }

    private void verifies(String language, String file, String command) throws IOException {
        int port = FreePort.next();
        try (Receiver receiver = Receiver.start(folder, language, file, command, port, SECRET)) {
            String url = "http://127.0.0.1:" + port + "/";
            await().atMost(Duration.ofSeconds(30)).until(() -> !(post(url, SECRET, CLOCK) instanceof Reply.Unusable));
            UUID id = UUID.randomUUID();
            String body = "{\"type\":\"account.verified\",\"timestamp\":\"2026-11-27T10:00:00Z\",\"data\":"
                    + "{\"accountId\":\"Zoë\",\"pin\":100000001}}";
            assertThat(post(url, SECRET, CLOCK, id, body)).isEqualTo(new Reply.Taken());
            assertThat(post(url, OTHER + "," + SECRET, CLOCK)).isEqualTo(new Reply.Taken());
            assertThat(receiver.output()).contains(id + " ");
            Reply forged = new Reply.Refused("answered 401");
            assertThat(post(url, OTHER, CLOCK)).isEqualTo(forged);
            assertThat(post(url, SECRET, Clock.offset(CLOCK, Duration.ofMinutes(-10))))
                    .as("an old one, played again")
                    .isEqualTo(forged);
        }
    }

    private static Reply post(String url, String secret, Clock clock) throws IOException {
        String body = "{\"type\":\"account.blocked\",\"data\":{\"accountId\":\"1\"}}";
        return post(url, secret, clock, UUID.randomUUID(), body);
    }

    private static Reply post(String url, String secret, Clock clock, UUID id, String body) throws IOException {
        WebhookSettings settings = new WebhookSettings(url, secret);
        Endpoint endpoint = new Endpoint(settings, new Signatures(settings), clock, Duration.ofSeconds(10));
        try {
            return endpoint.post(id, body);
        } finally {
            endpoint.close();
        }
    }
}
