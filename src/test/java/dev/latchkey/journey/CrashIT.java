package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Folders;
import dev.latchkey.support.Images;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.Residents;
import dev.latchkey.support.Secrets;
import dev.latchkey.support.SentLink;
import dev.latchkey.support.SmtpSink;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * SIGKILL at any moment: what was answered stays true. No mail is lost, at most one is sent twice, only where the mail
 * server's last answer was not written down, and then with the same link.
 *
 * <p>{@code -Dcrash.rounds=100} makes a long campaign of the three storms; docs/testing.md has the command.
 */
class CrashIT {
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 1);
    private static final int CALLERS = 200;
    private static final int SAVERS = 80;
    private static final int PHOTOGRAPHERS = 40;
    private static final int PICTURES = 8;
    private static final Duration DELIVERY = Duration.ofSeconds(60);

    private static final Secrets SECRETS = new Secrets();
    private static SmtpSink sink;
    private static LatchkeyJar jar;
    private static LatchkeyClient client;
    private static Residents residents;

    /** How far a mail has come when the process dies. */
    private enum Step {
        /** Init was answered, and no mail server was to be reached. */
        ACCEPTED("", 1),
        CONNECTED("GREETING", 1),
        RECIPIENT_NAMED("RCPT", 1),
        /** The mail server has the whole mail and has not said so. */
        TEXT_SENT("END", 2),
        /** The mail server has said so, and it is not written down. */
        ANSWERED("END", 2);

        /** The mail server says nothing any more at this point of the conversation. */
        final String silentAt;

        final int mostCopies;

        Step(String silentAt, int mostCopies) {
            this.silentAt = silentAt;
            this.mostCopies = mostCopies;
        }
    }

    @BeforeAll
    static void start() {
        sink = SmtpSink.start();
        jar = LatchkeyJar.production(
                sink.port(),
                Map.of(
                        // A lease is at least five time-outs long, so a dead process's mails are taken over soon.
                        "LATCHKEY_SMTP_TIMEOUT", "1s",
                        "LATCHKEY_MAIL_LEASE", "1s",
                        "LATCHKEY_MAIL_POLL_INTERVAL", "100ms",
                        "LATCHKEY_MAIL_RETRY_FIRST", "200ms",
                        "LATCHKEY_LINKS_PER_MINUTE", "1000",
                        "LATCHKEY_LINKS_PER_HOUR", "1000",
                        // Longer than any save takes here, and short enough to be waited for.
                        "LATCHKEY_PHOTO_GRACE", "20s",
                        "LATCHKEY_PHOTO_SWEEP_INTERVAL", "500ms"));
        client = new LatchkeyClient(jar);
        residents = new Residents(jar);
    }

    @AfterAll
    static void stop() {
        try {
            SECRETS.assertUnknownTo(jar);
        } finally {
            jar.close();
            sink.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void deliversTheMailWhoseWayWasCutShort(Step step) throws SQLException, InterruptedException {
        String email = residents.somebody();
        Answer init = cutShort(step, email);
        sink.dropConnections();
        sink.forget();
        jar.restart();

        await().atMost(DELIVERY)
                .until(() -> client.status(init.text("requestId")).text("state").equals("sent"));
        List<SentLink> copies = SentLink.to(email, sink);
        assertThat(copies).hasSizeBetween(1, step.mostCopies);
        assertOneMail(copies, init.text("matchPhrase"));
        assertThat(client.load(copies.getFirst().token()).status()).isEqualTo(200);
    }

    @Test
    void deliversEveryMailThatWasPromisedWhenItDiedAmongManyCalls() {
        for (int round = 1; round <= ROUNDS; round++) {
            List<String> people = residents.many(CALLERS);
            Map<String, Answer> promised = new ConcurrentHashMap<>();
            dieAmong(people, email -> {
                Answer answer = client.init(email);
                promised.put(email, answer);
                return answer.status() == 202;
            });
            jar.restart();
            promised.forEach((email, answer) -> {
                assertThat(answer.status()).as(answer.text()).isEqualTo(202);
                await().atMost(DELIVERY).until(() -> !SentLink.to(email, sink).isEmpty());
            });
            await().atMost(DELIVERY).until(() -> !residents.hasWaiting("edit-link"));
            for (String email : people) {
                List<SentLink> copies = SentLink.to(email, sink);
                if (promised.containsKey(email)) {
                    assertOneMail(copies, promised.get(email).text("matchPhrase"));
                }
                assertThat(copies).hasSizeLessThanOrEqualTo(2);
                copies.stream()
                        .findAny()
                        .ifPresent(mail -> assertThat(
                                        client.load(SECRETS.keep(mail.token())).status())
                                .isEqualTo(200));
            }
            System.out.printf("crash round %d: %d of %d calls were answered%n", round, promised.size(), CALLERS);
        }
    }

    @Test
    void keepsEverySaveThatWasAcknowledgedWhenItDiedAmongMany() {
        for (int round = 1; round <= ROUNDS; round++) {
            Map<String, String> tokens = tokens(residents.many(SAVERS));
            Map<String, Answer> answered = new ConcurrentHashMap<>();
            dieAmong(List.copyOf(tokens.keySet()), email -> {
                Answer answer = client.save(Map.of("token", tokens.get(email), "bio", "Saved by " + email));
                answered.put(email, answer);
                return answer.status() == 200;
            });
            jar.restart();
            int saved = 0;
            for (Map.Entry<String, String> entry : tokens.entrySet()) {
                String email = entry.getKey();
                String bio = residents.bioOf(email);
                boolean stored = bio != null;
                saved += stored ? 1 : 0;
                if (answered.containsKey(email)) {
                    assertThat(answered.get(email).status()).isEqualTo(200);
                    assertThat(bio).isEqualTo("Saved by " + email);
                }
                // All or nothing: the link is used up exactly where the profile has changed, and then a notice goes
                // out.
                assertThat(client.load(entry.getValue()).status()).isEqualTo(stored ? 410 : 200);
                if (stored) {
                    await().atMost(DELIVERY).until(() -> notices(email) > 0);
                }
            }
            System.out.printf(
                    "crash round %d: %d of %d saves were acknowledged, %d stored%n",
                    round, answered.size(), SAVERS, saved);
        }
    }

    @Test
    void keepsEveryPhotoThatWasAcknowledgedAndSweepsTheRestWhenItDiedAmongManySaves() {
        for (int round = 1; round <= ROUNDS; round++) {
            int first = 100 * round;
            Map<String, String> tokens = tokens(residents.many(PHOTOGRAPHERS));
            List<String> people = List.copyOf(tokens.keySet());
            Set<String> acknowledged = ConcurrentHashMap.newKeySet();
            dieAmong(people, email -> {
                // Every picture is saved by several people at once.
                byte[] picture = Images.jpeg(first + people.indexOf(email) % PICTURES, 50);
                boolean saved =
                        client.save(Map.of("token", tokens.get(email)), picture).status() == 200;
                return saved && acknowledged.add(email);
            });
            jar.restart();
            for (String email : people) {
                String hash = residents.photoOf(email);
                assertThat(hash != null || !acknowledged.contains(email))
                        .as(email)
                        .isTrue();
                if (hash != null) {
                    assertThat(client.get("/photos/" + hash + ".jpg").status()).isEqualTo(200);
                }
            }
            System.out.printf(
                    "crash round %d: %d of %d photos were acknowledged%n", round, acknowledged.size(), PHOTOGRAPHERS);
        }
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            assertThat(residents.keptPhotos()).isEqualTo(residents.shownPhotos());
            assertThat(photoFiles()).isEqualTo(residents.shownPhotos());
        });
    }

    /** Folder and name of every file among the photos, as their hashes. */
    private static Set<String> photoFiles() {
        Path photos = jar.dataDirectory().resolve("photos");
        return Folders.files(photos).stream()
                .map(file -> photos.relativize(file).toString().replaceAll("/|\\.jpg", ""))
                .collect(Collectors.toSet());
    }

    /** Asks for a link and kills the process when its mail has come so far. */
    private static Answer cutShort(Step step, String email) throws SQLException, InterruptedException {
        if (step == Step.ACCEPTED) {
            sink.down();
            Answer init = client.accepted(email);
            jar.kill();
            sink.up();
            return init;
        }
        CountDownLatch reached = new CountDownLatch(1);
        if (step != Step.ANSWERED) {
            // A connection that is still open would skip the greeting.
            sink.dropConnections();
            sink.on(step.silentAt, line -> {
                reached.countDown();
                return SmtpSink.SILENCE;
            });
            return die(reached, email);
        }
        try (LockedDatabase lock = new LockedDatabase()) {
            sink.on(step.silentAt, line -> {
                lock.begin();
                reached.countDown();
                return null;
            });
            return die(reached, email);
        }
    }

    private static Answer die(CountDownLatch reached, String email) throws InterruptedException {
        Answer init = client.accepted(email);
        assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
        jar.kill();
        return init;
    }

    /** Nobody but the test can write, from {@link #begin} on. */
    private static final class LockedDatabase implements AutoCloseable {
        private volatile Connection connection;

        void begin() {
            connection = residents.lockEverybodyOut();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    /** Lets everybody call at once and kills the process somewhere in the middle of their successes. */
    private static void dieAmong(List<String> people, Predicate<String> call) {
        int enough = ThreadLocalRandom.current().nextInt(1, people.size() * 3 / 4);
        CountDownLatch successes = new CountDownLatch(enough);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String email : people) {
                threads.execute(() -> {
                    try {
                        if (call.test(email)) {
                            successes.countDown();
                        }
                    } catch (UncheckedIOException e) {
                        // Unanswered, so nothing was promised.
                    }
                });
            }
            assertThat(successes.await(60, TimeUnit.SECONDS)).isTrue();
            jar.kill();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> tokens(List<String> people) {
        Map<String, String> tokens = new ConcurrentHashMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            people.forEach(email -> threads.execute(() -> client.accepted(email)));
        }
        for (String email : people) {
            SentLink mail = await().atMost(DELIVERY)
                    .until(() -> SentLink.to(email, sink), mails -> !mails.isEmpty())
                    .getFirst();
            tokens.put(email, SECRETS.keep(mail.token()));
        }
        // A link lives from when its mail is marked as sent; the storm is about saves alone.
        await().atMost(DELIVERY).until(() -> !residents.hasWaiting("edit-link"));
        return tokens;
    }

    private static void assertOneMail(List<SentLink> copies, String matchPhrase) {
        assertThat(copies).isNotEmpty();
        assertThat(new HashSet<>(copies)).as("different mails").hasSize(1);
        assertThat(copies.getFirst().subject()).contains(matchPhrase);
        SECRETS.keep(copies.getFirst().token());
    }

    private static long notices(String email) {
        return sink.received().stream()
                .filter(mail -> mail.to().equals(email))
                .filter(mail -> mail.header("Subject").equals("Your profile was changed"))
                .count();
    }
}
