package dev.latchkey.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Counts hashes instead of seconds, so that a busy machine makes no difference. */
final class SignUpCrowdTest {
    private static final int CROWD = 48;

    private final AtomicInteger signedUp = new AtomicInteger();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    @DisplayName("What needs no passphrase to be hashed does not wait for a crowd that signs up")
    @Asvs("15.2.2")
    void holdsUpNobodyElse() throws Exception {
        try (EmbeddedServer server = Contexts.serve(
                        Database.SQLITE,
                        Map.of(
                                "latchkey.new-addresses-per-hour",
                                1_000_000,
                                "latchkey.action-key-links-per-hour",
                                1_000_000));
                ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            Api client = new Api(server);
            for (int i = 0; i < CROWD; i++) {
                int number = i;
                crowd.submit(() -> signUp(client, number));
            }
            Awaitility.await().until(() -> signedUp.get() >= 2);
            int ahead = 0;
            for (int i = 0; i < 10; i++) {
                for (String path : List.of("/version", "/health/readiness")) {
                    int before = signedUp.get();
                    assertThat(client.get(path).status()).isEqualTo(200);
                    ahead += signedUp.get() - before;
                }
            }
            over.set(true);
            assertThat(ahead / 20.0)
                    .as("sign-ups that went ahead of one request")
                    .isLessThan(6);
        }
        assertThat(turnedAway.get()).as("told at once to come back later").isPositive();
    }

    private Void signUp(Api client, int number) {
        for (int i = 0; !over.get(); i++) {
            String body =
                    "{\"email\":\"crowd%d.%d@example.org\",\"password\":\"seven quiet otters\"}".formatted(number, i);
            Answer answer = client.post("/auth/signup", body);
            (answer.status() == 201 ? signedUp : turnedAway).incrementAndGet();
            if (answer.status() != 201) {
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).isNotEmpty();
                assertThat(answer.text()).contains("/problems/unavailable");
            }
        }
        return null;
    }
}
