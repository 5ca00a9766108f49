package dev.latchkey.mail.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.mail.ClaimedMessage;
import dev.latchkey.mail.LocalDelivery;
import dev.latchkey.mail.Outbox;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxMessages;
import dev.latchkey.mail.OutboxState;
import dev.latchkey.mail.TestMails;
import dev.latchkey.mail.smtp.SmtpCircuitBreaker;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.SmtpSink;
import io.micronaut.context.ApplicationContext;
import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthResult;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** Whatever goes wrong for a moment, mails go on leaving by themselves, and each of them once. */
@ParameterizedClass
@EnumSource(Database.class)
@Execution(ExecutionMode.CONCURRENT)
class MailFaultsTest {
    private static final int WORKERS = 3;

    /** Of all kinds: known to pass, hidden by the framework, unknown, and no exception at all. */
    private static final List<Throwable> FAULTS = List.of(
            new DataAccessException("away", new SQLTransientException("The database is locked")),
            new ConnectionException("Cannot commit", new SQLException("Connection is closed")),
            new DataAccessException("unheard of", new SQLException("What is this?", "XX000")),
            new IllegalStateException("Somebody's mistake"),
            new OutOfMemoryError("Java heap space, in a test"));

    private final SmtpSink sink = SmtpSink.start();
    private final ApplicationContext context;
    private final TestMails kind;
    private final Outbox outbox;
    private final OutboxMessages rows;
    private final OutboxFaults faults;
    private final AtomicInteger number = new AtomicInteger();

    MailFaultsTest(Database database) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "test.mails",
                true,
                "test.faults",
                true,
                "test.clock",
                true,
                "latchkey.mail-workers",
                WORKERS,
                "latchkey.mail-poll-interval",
                "50ms",
                "latchkey.mail-retry-first",
                "100ms",
                "latchkey.mail-retry-most",
                "10s"));
        settings.put("latchkey.smtp.port", sink.port());
        context = Contexts.start(database, settings);
        kind = context.getBean(TestMails.class);
        outbox = context.getBean(Outbox.class);
        rows = context.getBean(OutboxMessages.class);
        faults = context.getBean(OutboxFaults.class);
    }

    @AfterEach
    void stop() {
        context.close();
        sink.close();
    }

    @Test
    void goesOnAfterTheOutboxCouldNotBeReadOrWritten() {
        deliver();
        for (Throwable fault : FAULTS) {
            String before = mail();
            String after = mail();
            kind.add(outbox, before);
            await().until(() -> kind.accepted.contains(before) && rows.count().isEmpty());
            sink.dropConnections();
            faults.failNext(3, fault);
            await().atMost(Duration.ofSeconds(20)).until(faults::over);
            kind.add(outbox, after);
            await().atMost(Duration.ofSeconds(20)).until(() -> kind.accepted.contains(after));
        }
        // What the kind notes is part of a transaction that has yet to end.
        await().until(() -> rows.count().isEmpty());
        assertOneCopyOfEach();
    }

    @Test
    void goesOnAfterAClaimFailed() {
        deliver();
        for (Throwable fault : FAULTS) {
            faults.failNext("claim", 2, fault);
            String to = mail();
            putInElsewhere(to);
            await().atMost(Duration.ofSeconds(20)).until(() -> kind.accepted.contains(to));
            assertThat(faults.over()).isTrue();
        }
        assertOneCopyOfEach();
    }

    @Test
    void sendsAtOnceWhatItTookInItselfThoughNothingCanBeClaimed() {
        deliver();
        faults.failNext("claim", Integer.MAX_VALUE, FAULTS.getFirst());
        IntStream.range(0, 20).forEach(i -> kind.add(outbox, mail()));
        await().until(() -> kind.accepted.size() == 20);
        assertOneCopyOfEach();
    }

    @Test
    void losesNoPlaceAndNoMailWhenItIsUncertainWhatWasCommitted() {
        deliver();
        LocalDelivery delivery = context.getBean(LocalDelivery.class);
        for (int i = 0; i < 200; i++) {
            LocalDelivery.Lease lease =
                    await().until(delivery::reserve, Optional::isPresent).orElseThrow();
            OutboxMessage mail = new OutboxMessage(
                    UUID.randomUUID(),
                    TestMails.KIND,
                    i % 20 == 0 ? mail() : "undone@example.org",
                    OutboxState.WAITING,
                    lease.end(),
                    lease.name(),
                    1,
                    null,
                    context.getBean(Clock.class).instant());
            if (i % 20 == 0) {
                rows.save(mail);
            }
            delivery.giveBack(mail);
        }
        await().until(() -> kind.accepted.size() == 10);
        assertOneCopyOfEach();
    }

    @Test
    void recordsEveryAcceptedMailOnceTheDatabaseIsBackAndSendsNoneTwice() {
        deliver();
        for (Throwable fault : FAULTS) {
            kind.accepted.clear();
            faults.failNext("remove", 2 * WORKERS, fault);
            IntStream.range(0, 20).forEach(i -> kind.add(outbox, mail()));
            await().atMost(Duration.ofSeconds(20)).until(() -> kind.accepted.size() == 20);
        }
        await().until(() -> rows.count().isEmpty());
        assertOneCopyOfEach();
    }

    @Test
    void replacesThreadsThatAnErrorEnded() {
        AtomicInteger errors = new AtomicInteger(4 * WORKERS);
        kind.writeBy(mail -> {
            if (errors.getAndDecrement() > 0) {
                throw new StackOverflowError("in a test");
            }
            return TestMails.content(mail);
        });
        IntStream.range(0, 20).forEach(i -> kind.add(outbox, mail()));
        deliver();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            context.getBean(MutableClock.class).advance(Duration.ofMillis(100));
            return kind.accepted.size() == 20;
        });
        assertOneCopyOfEach();
    }

    @Test
    void isNotReadyWhileNothingMovesAlthoughAMailIsDue() {
        MailHealth health = context.getBean(MailHealth.class);
        Duration soon = Duration.ofMillis(300);
        deliver();
        CountDownLatch end = new CountDownLatch(1);
        kind.writeBy(mail -> {
            awaitEnd(end);
            return TestMails.content(mail);
        });
        kind.add(outbox, mail());
        await().until(() -> health.isStuck(soon));
        end.countDown();
        await().until(() -> !health.isStuck(soon));
        await().during(soon.multipliedBy(2)).until(() -> !health.isStuck(soon));
    }

    @Test
    @DisplayName("A mail server that is away is said at once, and makes nobody unready before the limit has passed")
    void staysReadyWhileTheMailServerIsAway() {
        MailHealth health = context.getBean(MailHealth.class);
        sink.down();
        kind.add(outbox, mail());
        deliver();
        await().until(() -> context.getBean(SmtpCircuitBreaker.class).failures() > 2);
        assertThat(health.isStuck(Duration.ofSeconds(2))).isFalse();
        HealthResult away = Mono.from(health.getResult()).block();
        assertThat(away.getStatus()).isEqualTo(HealthStatus.UP);
        assertThat(away.getDetails().toString()).contains("server=unusable", "lastAnswer=", "failedTries=");

        context.getBean(MutableClock.class).advance(Duration.ofHours(2).plusMinutes(1));
        HealthResult late = Mono.from(health.getResult()).block();
        assertThat(late.getStatus()).isEqualTo(HealthStatus.DOWN);
        assertThat(late.getDetails().toString()).containsPattern("oldestDueSeconds=72[6-9]\\d");

        sink.up();
        await().until(() -> !kind.accepted.isEmpty());
        HealthResult back = Mono.from(health.getResult()).block();
        assertThat(back.getStatus()).isEqualTo(HealthStatus.UP);
        assertThat(back.getDetails().toString()).contains("server=usable").doesNotContain("lastAnswer");
    }

    @Test
    void aClockThatWasAheadForAMomentGivesNoMailUpAndHoldsNoneBack() {
        MutableClock clock = context.getBean(MutableClock.class);
        String to = mail();
        sink.on("RCPT", "450 4.2.1 try again later");
        kind.add(outbox, to);
        clock.advance(Duration.ofDays(1));
        deliver();
        await().until(() -> rows.findWaiting(1).stream().anyMatch(mail -> mail.lastError() != null));
        clock.advance(Duration.ofDays(-1));
        sink.forget();
        await().until(() -> kind.accepted.contains(to));
        assertThat(kind.undeliverable).isEmpty();
    }

    @Test
    void aLeaseThatWasTakenWhileTheClockWasAheadEnds() {
        MutableClock clock = context.getBean(MutableClock.class);
        String to = mail();
        kind.add(outbox, to);
        clock.advance(Duration.ofDays(1));
        assertThat(context.getBean(MailClaims.class).claim(10))
                .as("by a process that dies")
                .hasSize(1);
        clock.advance(Duration.ofDays(-1));
        deliver();
        await().until(() -> kind.accepted.contains(to));
    }

    @Test
    void leavesAMailToOthersWhenItsLeaseIsTooShortToSendIt() throws InterruptedException {
        kind.add(outbox, mail());
        ClaimedMessage claimed = context.getBean(MailClaims.class).claim(1).getFirst();
        MailSender sender = context.getBean(MailSender.class);
        long almostOver = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        DeliveryResult result = sender.send(new ClaimedMessage(claimed.message(), almostOver));
        assertThat(result).isInstanceOf(DeliveryResult.Released.class);
        context.getBean(DeliveryLog.class).write(result);
        assertThat(sink.received()).isEmpty();
        assertThat(rows.findWaiting(1).getFirst().attempts()).isZero();
    }

    private String mail() {
        return "person" + number.incrementAndGet() + "@example.org";
    }

    /** As another process does: it is to be claimed. */
    private void putInElsewhere(String to) {
        Instant now = context.getBean(Clock.class).instant();
        rows.save(
                new OutboxMessage(UUID.randomUUID(), TestMails.KIND, to, OutboxState.WAITING, now, null, 0, null, now));
    }

    private void deliver() {
        context.getBean(MailDelivery.class).start();
    }

    private void assertOneCopyOfEach() {
        assertThat(sink.received())
                .extracting(SmtpSink.Received::to)
                .hasSize(number.get())
                .doesNotHaveDuplicates();
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
