package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.Residents;
import dev.latchkey.support.SentLink;
import dev.latchkey.support.SmtpSink;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away under a running server and comes back. */
class DatabaseOutageIT {
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    @Asvs({"16.3.4", "16.5.2"})
    void saysSoMeanwhileAndGoesOnAfterwards() throws IOException {
        try (SmtpSink sink = SmtpSink.start()) {
            EmbeddedPostgres before = start(0);
            try (LatchkeyJar jar = LatchkeyJar.production(sink.port(), settings(before))) {
                LatchkeyClient client = new LatchkeyClient(jar);
                String email = new Residents(jar).somebody();
                client.accepted(email);
                await().until(() -> !SentLink.to(email, sink).isEmpty());
                String token = SentLink.to(email, sink).getFirst().token();

                before.close();

                assertThat(client.get("/health/liveness").status()).isEqualTo(200);
                assertThat(client.get("/health/readiness").status()).isEqualTo(503);
                assertUnavailable(client.init(email));
                assertUnavailable(client.load(token));
                assertUnavailable(client.save(Map.of("token", token, "bio", "Lost?")));

                try (EmbeddedPostgres after = start(before.getPort())) {
                    assertThat(after.getPort()).isEqualTo(before.getPort());
                    await().atMost(RECOVERY)
                            .until(() -> client.get("/health/readiness").status() == 200);
                    assertThat(client.save(Map.of("token", token, "bio", "Kept."))
                                    .status())
                            .isEqualTo(200);
                    client.accepted(email);
                    await().atMost(RECOVERY)
                            .until(() -> SentLink.to(email, sink).size() == 2);
                }
            }
        }
    }

    @Test
    void recordsWhatTheMailServerTookMeanwhileAndSendsTheRest() throws IOException {
        try (SmtpSink sink = SmtpSink.start()) {
            CountDownLatch away = new CountDownLatch(1);
            CountDownLatch underWay = new CountDownLatch(1);
            sink.on("END", line -> {
                underWay.countDown();
                awaitEnd(away);
                return null;
            });
            EmbeddedPostgres before = start(0);
            try (LatchkeyJar jar = LatchkeyJar.production(sink.port(), settings(before))) {
                LatchkeyClient client = new LatchkeyClient(jar);
                // More than there are workers: some mails are under way, others only claimed.
                List<String> people = new Residents(jar).many(20);
                List<String> requests = new ArrayList<>();
                people.forEach(email -> requests.add(client.accepted(email).text("requestId")));
                awaitEnd(underWay);

                before.close();
                away.countDown();
                assertUnavailable(client.init(people.getFirst()));

                try (EmbeddedPostgres after = start(before.getPort())) {
                    assertThat(after.getPort()).isEqualTo(before.getPort());
                    await().atMost(RECOVERY)
                            .ignoreExceptions()
                            .until(() -> requests.stream()
                                    .allMatch(request ->
                                            client.status(request).text("state").equals("sent")));
                    people.forEach(email ->
                            assertThat(SentLink.to(email, sink)).as(email).hasSize(1));
                    assertThat(new Residents(jar).hasWaiting("edit-link"))
                            .as("waiting or parked")
                            .isFalse();
                    assertThat(client.get("/health/readiness").status()).isEqualTo(200);
                }
            }
        }
    }

    private static void awaitEnd(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.text("type")).isEqualTo("/problems/unavailable");
    }

    private static Map<String, String> settings(EmbeddedPostgres server) {
        return Map.of(
                "DATASOURCES_DEFAULT_URL", server.getJdbcUrl("postgres", "postgres"),
                "DATASOURCES_DEFAULT_USERNAME", "postgres",
                "DATASOURCES_DEFAULT_PASSWORD", "postgres",
                "LATCHKEY_SECRET", Base64.getEncoder().encodeToString(new byte[32]),
                "LATCHKEY_LINKS_PER_MINUTE", "100");
    }

    private EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }
}
