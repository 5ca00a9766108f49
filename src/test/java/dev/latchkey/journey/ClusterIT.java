package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Database;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.Residents;
import dev.latchkey.support.Secrets;
import dev.latchkey.support.SentLink;
import dev.latchkey.support.SmtpSink;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two processes of the jar on one PostgreSQL with one secret, as behind a load balancer. */
class ClusterIT {
    private static final int PEOPLE = 60;
    private static final int RACES = 10;

    private static final Secrets SECRETS = new Secrets();
    private static SmtpSink sink;
    private static LatchkeyJar one;
    private static LatchkeyJar other;
    private static Residents residents;

    @BeforeAll
    static void start() {
        sink = SmtpSink.start();
        Map<String, String> settings = LatchkeyJar.variables(Database.POSTGRESQL.fresh());
        settings.put("LATCHKEY_SECRET", Base64.getEncoder().encodeToString(new byte[32]));
        // Often enough that both nodes take mails that the other one put in.
        settings.put("LATCHKEY_MAIL_POLL_INTERVAL", "50ms");
        settings.put("LATCHKEY_LINKS_PER_MINUTE", "100");
        settings.put("LATCHKEY_LINKS_PER_HOUR", "100");
        one = LatchkeyJar.production(sink.port(), settings);
        other = LatchkeyJar.production(sink.port(), settings);
        residents = new Residents(one);
    }

    @AfterAll
    static void stop() {
        try {
            SECRETS.assertUnknownTo(one);
            SECRETS.assertUnknownTo(other);
        } finally {
            Stream.of(one, other).forEach(LatchkeyJar::close);
            sink.close();
        }
    }

    @Test
    void opensOnOneNodeWhatWasAskedForOnTheOther() {
        String email = residents.somebody();
        Answer init = client(one).accepted(email);
        String token = tokenFor(email);
        assertThat(client(other).load(token).text("matchPhrase")).isEqualTo(init.text("matchPhrase"));
        assertThat(client(other)
                        .save(Map.of("token", token, "bio", "from the other"))
                        .status())
                .isEqualTo(200);
        assertThat(client(one).load(token).status()).isEqualTo(410);
        assertThat(client(one).status(init.text("requestId")).text("state")).isEqualTo("saved");
    }

    @Test
    void deliversEachMailOnceWhicheverNodeItWasAskedFrom() {
        List<String> people = residents.many(PEOPLE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < PEOPLE; i++) {
                LatchkeyJar node = i % 2 == 0 ? one : other;
                String email = people.get(i);
                threads.execute(() -> client(node).accepted(email));
            }
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> people.stream().allMatch(email -> !mails(email).isEmpty()));
        // Whatever would come twice is in the outbox until its first copy is marked.
        await().until(() -> !residents.hasWaiting("edit-link"));
        assertThat(people).allSatisfy(email -> assertThat(mails(email)).hasSize(1));
        people.forEach(ClusterIT::tokenFor);
    }

    @Test
    void letsOneOfTwoSavesWin() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String email : residents.many(RACES)) {
                client(one).accepted(email);
                String token = tokenFor(email);
                CyclicBarrier start = new CyclicBarrier(2);
                Function<LatchkeyJar, CompletableFuture<Answer>> save = node -> CompletableFuture.supplyAsync(
                        () -> {
                            meet(start);
                            return client(node).save(Map.of("token", token, "bio", node.origin()));
                        },
                        threads);
                List<CompletableFuture<Answer>> both = List.of(save.apply(one), save.apply(other));
                List<Integer> statuses =
                        both.stream().map(answer -> answer.join().status()).toList();
                assertThat(statuses).containsExactlyInAnyOrder(200, 410);
                LatchkeyJar winner = statuses.getFirst() == 200 ? one : other;
                assertThat(residents.bioOf(email)).isEqualTo(winner.origin());
            }
        }
    }

    private static void meet(CyclicBarrier start) {
        try {
            start.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static LatchkeyClient client(LatchkeyJar node) {
        return new LatchkeyClient(node);
    }

    private static List<SentLink> mails(String email) {
        return SentLink.to(email, sink);
    }

    private static String tokenFor(String email) {
        SentLink mail = await().atMost(Duration.ofSeconds(20))
                .until(() -> mails(email), mails -> !mails.isEmpty())
                .getFirst();
        return SECRETS.keep(mail.token());
    }
}
