package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Client;
import dev.latchkey.support.DevMailbox;
import dev.latchkey.support.FreePort;
import dev.latchkey.support.HookHost;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.OtherClients;
import dev.latchkey.support.Receiver;
import dev.latchkey.support.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar tells a program with the official verifier of Standard Webhooks, as docs/webhooks.md has it. */
class WebhookIT {
    private static final String SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String PASSPHRASE = "seven quiet otters";
    private static final int SIGN_UPS = 20;

    @TempDir
    Path folder;

    @Test
    @DisplayName("What happens to an account is told, also what happened before the receiver or the server went away")
    void tellsWhatHappens() throws IOException {
        OtherClients.assumeInstalled("node_modules/standardwebhooks/package.json");
        Secrets secrets = new Secrets();
        int port = FreePort.next();
        String secret = "whsec_" + secrets.keep(SECRET);
        String email = Client.freshEmail();
        try (LatchkeyJar jar = LatchkeyJar.dev(Map.of(
                "LATCHKEY_WEBHOOK_URL",
                "http://127.0.0.1:" + port + "/hook",
                "LATCHKEY_WEBHOOK_SECRET",
                secret,
                "LATCHKEY_MAIL_RETRY_FIRST",
                "200ms"))) {
            LatchkeyClient client = new LatchkeyClient(jar);
            assertThat(client.post("/auth/signup", Map.of("email", email, "password", secrets.keep(PASSPHRASE)))
                            .status())
                    .isEqualTo(201);
            await().until(() -> jar.output().contains("Events wait, as their endpoint cannot be used"));
            String confirm = await().until(
                            () -> new DevMailbox(client, email).links("/confirm/"), links -> !links.isEmpty())
                    .getFirst();
            // Nobody has been told of anything yet.
            jar.kill();
            jar.restart();
            try (Receiver receiver =
                    Receiver.start(folder, "js", "receiver.mjs", OtherClients.NODE.toString(), port, secret)) {
                awaitEvents(receiver, "account.created");
                client.form(confirm, Map.of("passphrase", PASSPHRASE));
                String[] me = {
                    "Authorization",
                    "Bearer "
                            + client.post("/auth/login", Map.of("email", email, "password", PASSPHRASE))
                                    .text("access_token")
                };
                client.post("/profile/me", Map.of("bio", "I listen."), me);
                assertThat(client.send("DELETE", "/profile/me", Map.of("password", PASSPHRASE), me)
                                .status())
                        .isEqualTo(204);
                awaitEvents(receiver, "account.deleted");
            }
            assertThat(jar.run("outbox").output()).doesNotContain("account.");
            assertThat(client.get("/prometheus").text())
                    .contains("latchkey_webhook_sent_total{type=\"account.deleted\"}");
            secrets.assertUnknownTo(jar);
        }
    }

    @Test
    @DisplayName(
            "Killed while the receiver holds the first events, it tells of all that was acknowledged, under the same ids")
    void tellsWhatWasAcknowledgedBeforeItDied() throws InterruptedException {
        try (HookHost host = new HookHost();
                LatchkeyJar jar = LatchkeyJar.dev(Map.of(
                        "LATCHKEY_WEBHOOK_URL",
                        host.url(),
                        "LATCHKEY_WEBHOOK_SECRET",
                        "whsec_" + SECRET,
                        "LATCHKEY_MAIL_RETRY_FIRST",
                        "200ms"))) {
            LatchkeyClient client = new LatchkeyClient(jar);
            host.always(HookHost.SILENCE);
            Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
            CountDownLatch enough = new CountDownLatch(SIGN_UPS / 2);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < SIGN_UPS; i++) {
                    threads.execute(() -> {
                        try {
                            Answer answer = client.post(
                                    "/auth/signup", Map.of("email", Client.freshEmail(), "password", PASSPHRASE));
                            assertThat(answer.status()).isEqualTo(201);
                            acknowledged.add(answer.text("id"));
                            enough.countDown();
                        } catch (UncheckedIOException e) {
                            // Unanswered, so nothing was promised.
                        }
                    });
                }
                assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
                await().until(() -> !host.received.isEmpty());
                jar.kill();
            }
            List<String> unanswered =
                    host.received.stream().map(HookHost.Received::id).toList();
            host.received.clear();
            host.always(HookHost.OK);
            jar.restart();
            // What the dead process had in hand is free once its lease is over.
            assertThat(client.post("/dev/clock", Map.of("forward", "2m")).status())
                    .isEqualTo(200);

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(acknowledged)
                            .allSatisfy(id -> assertThat(host.received)
                                    .anySatisfy(event -> assertThat(event.body())
                                            .contains("account.created")
                                            .contains(id))));
            await().untilAsserted(() -> assertThat(host.received)
                    .extracting(HookHost.Received::id)
                    .containsAll(unanswered)
                    .doesNotHaveDuplicates());
        }
    }

    private static void awaitEvents(Receiver receiver, String type) {
        await().atMost(Duration.ofSeconds(60)).until(() -> types(receiver).contains(type));
    }

    private static List<String> types(Receiver receiver) {
        return receiver.output()
                .lines()
                .map(line -> line.split(" ", 3))
                .filter(words -> words.length == 3)
                .map(words -> words[1])
                .toList();
    }
}
