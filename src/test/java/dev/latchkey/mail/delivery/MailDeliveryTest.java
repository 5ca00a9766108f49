package dev.latchkey.mail.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.Outbox;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxMessages;
import dev.latchkey.mail.OutboxOperations;
import dev.latchkey.mail.OutboxState;
import dev.latchkey.mail.TestMails;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.SmtpSink;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.exceptions.IllegalTransactionStateException;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
@Execution(ExecutionMode.CONCURRENT)
class MailDeliveryTest {
    private static final Map<String, Object> QUICK = Map.of(
            "test.mails", true,
            "latchkey.mail-workers", 3,
            "latchkey.mail-poll-interval", "50ms",
            "latchkey.mail-retry-first", "200ms",
            "latchkey.mail-retry-most", "400ms");

    /** Only for a server that says nothing: on a busy machine one that answers may seem silent for as long. */
    private static final Map<String, Object> IMPATIENT = Map.of("latchkey.smtp.timeout", "500ms");

    private final SmtpSink sink = SmtpSink.start();
    private final Map<String, Object> database;
    private final ApplicationContext context;
    private final TestMails kind;
    private final Outbox outbox;
    private final OutboxMessages rows;

    MailDeliveryTest(Database database) {
        this.database = database.withTables();
        context = start(Map.of());
        kind = context.getBean(TestMails.class);
        outbox = context.getBean(Outbox.class);
        rows = context.getBean(OutboxMessages.class);
    }

    @AfterEach
    void stop() {
        context.close();
        sink.close();
    }

    @Test
    void sendsAMailOnceItsCauseHasCommitted() {
        deliver();
        kind.add(outbox, "ada@example.org");
        await().until(() -> kind.accepted.contains("ada@example.org"));
        assertThat(sink.received()).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo("ada@example.org");
            assertThat(mail.from()).isEqualTo("latchkey@example.org");
        });
        // What the kind notes is part of a transaction that has yet to end.
        await().until(() -> rows.count().isEmpty() && counter("latchkey.mail.sent") == 1);
    }

    @Test
    void sendsNothingWhenTheCauseIsUndone() {
        deliver();
        assertThatThrownBy(() -> transactions(context).executeWrite(status -> {
                    outbox.add(TestMails.KIND, "undone@example.org");
                    throw new IllegalStateException("undone");
                }))
                .hasMessageContaining("undone");
        kind.add(outbox, "done@example.org");
        await().until(() -> kind.accepted.contains("done@example.org"));
        assertThat(sink.received()).extracting(SmtpSink.Received::to).containsExactly("done@example.org");
    }

    @Test
    void ownsWhatItTakesInFromTheBeginningUnlessTooMuchWaits() {
        deliver();
        List<OutboxMessage> mails = transactions(context)
                .executeWrite(status -> IntStream.range(0, 200)
                        .mapToObj(i -> outbox.add(TestMails.KIND, "person" + i + "@example.org"))
                        .toList());
        assertThat(mails.getFirst().leasedBy()).isNotNull();
        assertThat(mails.getFirst().dueAt()).isAfter(now().plusSeconds(1));
        assertThat(mails.getLast().leasedBy()).isNull();
        await().until(() -> kind.accepted.size() == 200);
        assertThat(sink.received()).hasSize(200);
        // Places of causes that are undone are free again.
        for (int i = 0; i < 200; i++) {
            assertThatThrownBy(() -> transactions(context).executeWrite(status -> {
                outbox.add(TestMails.KIND, "undone@example.org");
                throw new IllegalStateException("undone");
            }));
        }
        await().until(() -> transactions(context)
                        .executeWrite(status -> outbox.add(TestMails.KIND, "done@example.org"))
                        .leasedBy()
                != null);
    }

    @Test
    void beginsNoEarlierWithWhatIsUnhurried() {
        deliver();
        long before = System.nanoTime();
        transactions(context).executeWrite(status -> outbox.addUnhurried(TestMails.KIND, "ada@example.org"));
        await().pollInterval(Duration.ofMillis(1)).until(() -> !sink.received().isEmpty());
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void takesNothingInOutsideATransaction() {
        assertThatThrownBy(() -> outbox.add(TestMails.KIND, "nobody@example.org"))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void sendsABurstOverAsManyConnectionsAsThereAreWorkers() {
        IntStream.range(0, 100).forEach(i -> kind.add(outbox, "person" + i + "@example.org"));
        deliver();
        await().until(() -> kind.accepted.size() == 100);
        assertThat(sink.received())
                .hasSize(100)
                .extracting(SmtpSink.Received::to)
                .doesNotHaveDuplicates();
        assertThat(sink.connections()).isBetween(1, 3);
    }

    @Test
    void opensOneConnectionForOneMail() {
        deliver();
        kind.add(outbox, "one@example.org");
        await().until(() -> rows.count().isEmpty());
        assertThat(sink.connections()).isEqualTo(1);
    }

    @Test
    void sharesTheWorkWithAnotherProcess() {
        try (ApplicationContext other = start(Map.of())) {
            IntStream.range(0, 300).forEach(i -> kind.add(outbox, "person" + i + "@example.org"));
            deliver();
            other.getBean(MailDelivery.class).start();
            TestMails theirs = other.getBean(TestMails.class);
            await().atMost(Duration.ofSeconds(20)).until(() -> kind.accepted.size() + theirs.accepted.size() == 300);
            assertThat(sink.received())
                    .hasSize(300)
                    .extracting(SmtpSink.Received::to)
                    .doesNotHaveDuplicates();
            await().until(() -> rows.count().isEmpty());
        }
    }

    @Test
    void sendsWhatADeadProcessHadClaimedWhenItsLeaseEnds() {
        UUID id = kind.add(outbox, "ada@example.org");
        Instant leaseEnd = now().plusMillis(600);
        transactions(context)
                .executeWrite(
                        status -> rows.claim(Outbox.CHANNEL, UUID.randomUUID().toString(), leaseEnd, now(), 10));
        deliver();
        await().until(() -> kind.accepted.contains("ada@example.org"));
        assertThat(now()).isAfterOrEqualTo(leaseEnd);
        assertThat(sink.received()).hasSize(1);
        // What the kind notes is part of a transaction that has yet to end.
        await().until(() -> rows.findById(id).isEmpty());
    }

    @Test
    void waitsLongerAfterEachTemporaryFailure() {
        sink.on("RCPT", "450 4.2.1 try again later");
        deliver();
        UUID id = kind.add(outbox, "busy@example.org");
        await().until(() -> row(id).lastError() != null);
        assertThat(row(id).lastError()).isEqualTo("450 4.2.1 try again later");
        assertThat(row(id).state()).isEqualTo(OutboxState.WAITING);
        await().until(() -> row(id).attempts() >= 3);
        sink.forget();
        await().until(() -> kind.accepted.contains("busy@example.org"));
        assertThat(counter("latchkey.mail.retried")).isGreaterThanOrEqualTo(2);
        assertThat(kind.undeliverable).isEmpty();
    }

    @Test
    void parksWhatTheServerRefusesForGood() {
        sink.on("RCPT", line -> line.contains("gone") ? "550 5.1.1 no such user" : null);
        deliver();
        UUID id = kind.add(outbox, "gone@example.org");
        kind.add(outbox, "here@example.org");
        await().until(() -> kind.undeliverable.contains("gone@example.org"));
        await().until(() -> kind.accepted.contains("here@example.org"));
        await().until(() -> row(id).state() == OutboxState.PARKED && counter("latchkey.mail.undeliverable") == 1);
        assertThat(row(id).lastError()).isEqualTo("550 5.1.1 no such user");
    }

    @Test
    void parksAMessageThatTheServerRefusesWithoutItsLink() {
        sink.on("END", "554 5.6.0 blocked: contains https://id.example.org/edit/AbCdEfGhIjKlMnOpQrStUvWx");
        deliver();
        UUID id = kind.add(outbox, "filtered@example.org");
        await().until(() -> row(id).state() == OutboxState.PARKED);
        assertThat(row(id).lastError()).isEqualTo("554 5.6.0 blocked: contains <address>");
    }

    @Test
    void parksWhatStillFailsWhenItIsTooOld() {
        sink.on("RCPT", "450 4.2.1 try again later");
        try (ApplicationContext impatient = start(Map.of("latchkey.mail-give-up-after", "300ms"))) {
            UUID id = impatient.getBean(TestMails.class).add(impatient.getBean(Outbox.class), "old@example.org");
            impatient.getBean(MailDelivery.class).start();
            await().until(() -> row(id).state() == OutboxState.PARKED);
            assertThat(row(id).lastError()).startsWith("Given up after ").endsWith("450 4.2.1 try again later");
        }
    }

    @Test
    void waitsWhileTheServerMindsUsHoweverLongThatTakes() {
        sink.on("END", "550 5.4.5 Daily user sending limit exceeded");
        try (ApplicationContext impatient = start(Map.of("latchkey.mail-give-up-after", "300ms"))) {
            TestMails theirs = impatient.getBean(TestMails.class);
            UUID id = theirs.add(impatient.getBean(Outbox.class), "early@example.org");
            impatient.getBean(MailDelivery.class).start();
            await().until(() -> row(id).attempts() >= 5);
            assertThat(row(id).state()).isEqualTo(OutboxState.WAITING);
            assertThat(row(id).lastError()).startsWith("550 5.4.5");
            assertThat(impatient
                            .getBean(MeterRegistry.class)
                            .counter("latchkey.mail.sender.refused")
                            .count())
                    .isPositive();
            sink.forget();
            await().until(() -> theirs.accepted.contains("early@example.org"));
            assertThat(theirs.undeliverable).isEmpty();
        }
    }

    @Test
    void parksAMailForWhichTheServerMindsUsWhenItTakesOthersMeanwhile() {
        sink.on("RCPT", line -> line.contains("strict") ? "550 5.7.1 not from you" : null);
        try (ApplicationContext impatient = start(Map.of("latchkey.mail-give-up-after", "300ms"))) {
            TestMails theirs = impatient.getBean(TestMails.class);
            UUID id = theirs.add(impatient.getBean(Outbox.class), "strict@example.org");
            impatient.getBean(MailDelivery.class).start();
            await().until(() -> {
                theirs.add(impatient.getBean(Outbox.class), "other@example.org");
                return row(id).state() == OutboxState.PARKED;
            });
            assertThat(row(id).lastError()).startsWith("Given up after ").endsWith("550 5.7.1 not from you");
        }
    }

    @Test
    void sendsAParkedMailAgainWhenAnOperatorSaysSo() {
        sink.first(1, "RCPT", "550 5.1.1 no such user");
        deliver();
        UUID id = kind.add(outbox, "again@example.org");
        await().until(() -> row(id).state() == OutboxState.PARKED);
        assertThat(rows.findParked(10)).extracting(OutboxMessage::id).containsExactly(id);
        assertThat(context.getBean(OutboxOperations.class).retry(List.of(id, UUID.randomUUID())))
                .isEqualTo(1);
        assertThat(kind.renewed).containsExactly("again@example.org");
        await().until(() -> kind.accepted.contains("again@example.org"));
    }

    @Test
    @Asvs("16.5.2")
    void keepsMailsUntouchedWhileTheServerIsDownAndSendsThemWhenItIsBack() {
        sink.down();
        deliver();
        IntStream.range(0, 20).forEach(i -> kind.add(outbox, "person" + i + "@example.org"));
        await().during(Duration.ofMillis(700)).until(() -> {
            List<OutboxMessage> waiting = rows.findWaiting(100);
            return waiting.size() == 20 && waiting.stream().allMatch(mail -> mail.attempts() == 0);
        });
        sink.up();
        await().until(() -> kind.accepted.size() == 20);
        assertThat(sink.received()).hasSize(20);
    }

    @Test
    void probesAServerThatRefusesEverybodyWithOneConnectionAtATime() {
        sink.on("GREETING", "554 5.3.2 closed for today");
        deliver();
        IntStream.range(0, 50).forEach(i -> kind.add(outbox, "person" + i + "@example.org"));
        // Pauses of 150-200, then 300-400 ms: no more than ten in two seconds, however many mails and workers.
        await().during(Duration.ofSeconds(2)).until(() -> sink.connections() <= 12);
        assertThat(sink.connections()).isGreaterThanOrEqualTo(3);
        assertThat(rows.findWaiting(100)).hasSize(50);
        sink.forget();
        await().until(() -> kind.accepted.size() == 50);
    }

    @Test
    void takesARefusedSenderForTroubleOfTheServerNotOfTheMail() {
        sink.first(2, "MAIL", "530 5.7.0 authentication required");
        deliver();
        UUID id = kind.add(outbox, "ada@example.org");
        await().until(() -> kind.accepted.contains("ada@example.org"));
        await().until(() -> rows.findById(id).isEmpty());
        assertThat(kind.undeliverable).isEmpty();
    }

    @Test
    void sendsTheSameMailOnceMoreWhenTheLastAnswerWasLost() {
        sink.first(1, "END", SmtpSink.HANG_UP);
        deliver();
        UUID id = kind.add(outbox, "twice@example.org");
        await().until(() -> kind.accepted.contains("twice@example.org"));
        assertThat(sink.received()).hasSize(2).allSatisfy(mail -> {
            assertThat(mail.header("Message-ID")).startsWith("<" + id + ".").endsWith("@example.org>");
            assertThat(mail.source()).contains("https://id.example.org/edit/" + id);
        });
        assertThat(kind.accepted).hasSize(1);
    }

    @Test
    void doesNotWaitForEverForAnAnswer() {
        sink.first(1, "END", SmtpSink.SILENCE);
        try (ApplicationContext impatient = start(IMPATIENT)) {
            impatient.getBean(MailDelivery.class).start();
            kind.add(outbox, "slow@example.org");
            TestMails theirs = impatient.getBean(TestMails.class);
            await().until(() -> theirs.accepted.contains("slow@example.org"));
            assertThat(sink.received()).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void replacesAConnectionThatTheServerHasLeft() {
        deliver();
        kind.add(outbox, "one@example.org");
        await().until(() -> kind.accepted.size() == 1);
        sink.dropConnections();
        UUID id = kind.add(outbox, "two@example.org");
        await().until(() -> kind.accepted.size() == 2);
        assertThat(sink.received()).hasSize(2);
        assertThat(counter("latchkey.mail.retried")).isZero();
        await().until(() -> rows.findById(id).isEmpty());
    }

    @Test
    void goesTheWholeWayWithADecoyButSendsNothing() {
        kind.writeBy(
                mail -> TestMails.content(mail).map(content -> new MailContent.Decoy((MailContent.Message) content)));
        deliver();
        kind.add(outbox, "nobody@example.org");
        await().until(() -> kind.accepted.contains("nobody@example.org"));
        assertThat(sink.connections()).isEqualTo(1);
        assertThat(sink.received()).isEmpty();
    }

    @Test
    void renewsAMailThatHasRunOutWhileItWaited() {
        kind.writeBy(
                mail -> kind.renewed.isEmpty() ? Optional.of(new MailContent.Outdated()) : TestMails.content(mail));
        deliver();
        kind.add(outbox, "patient@example.org");
        await().until(() -> kind.accepted.contains("patient@example.org"));
        assertThat(kind.renewed).containsExactly("patient@example.org");
        assertThat(sink.received()).hasSize(1);
    }

    @Test
    void dropsAMailThatHasNothingToSayAnyMore() {
        kind.writeBy(mail -> Optional.empty());
        deliver();
        UUID id = kind.add(outbox, "late@example.org");
        await().until(() -> rows.findById(id).isEmpty());
        assertThat(sink.received()).isEmpty();
        assertThat(kind.accepted).isEmpty();
    }

    @Test
    void parksAMailThatWasSentButCannotBeRecordedAndDoesNotSendItAgain() {
        deliver();
        UUID id = kind.add(outbox, TestMails.BREAKS);
        await().until(() -> row(id).state() == OutboxState.PARKED);
        assertThat(row(id).lastError())
                .isEqualTo("Accepted by the mail server, but recording it failed: IllegalStateException");
        assertThat(sink.received()).hasSize(1);
    }

    @Test
    void writesAnAcceptedMailDownWhenTheDatabaseIsBackAndDoesNotSendItAgain() {
        deliver();
        kind.databaseFails(3);
        kind.add(outbox, "ada@example.org");
        await().until(() -> rows.count().isEmpty());
        assertThat(kind.accepted).containsExactly("ada@example.org");
        assertThat(sink.received()).hasSize(1);
    }

    @Test
    void countsWhatWaitsAndForHowLong() {
        kind.add(outbox, "ada@example.org");
        MeterRegistry meters = context.getBean(MeterRegistry.class);
        context.getBean(MailDelivery.class);
        assertThat(meters.get("latchkey.mail.waiting")
                        .tag("kind", TestMails.KIND)
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(meters.get("latchkey.mail.parked")
                        .tag("kind", TestMails.KIND)
                        .gauge()
                        .value())
                .isZero();
        await().until(() -> meters.get("latchkey.mail.oldest.age")
                        .tag("kind", TestMails.KIND)
                        .gauge()
                        .value()
                > 0);
    }

    @Test
    void givesClaimedMailsBackWhenItStops() {
        sink.on("RCPT", SmtpSink.SILENCE);
        IntStream.range(0, 20).forEach(i -> kind.add(outbox, "person" + i + "@example.org"));
        try (ApplicationContext impatient = start(IMPATIENT)) {
            impatient.getBean(MailDelivery.class).start();
            await().until(() -> rows.findWaiting(100).stream().anyMatch(mail -> mail.leasedBy() != null));
            impatient.getBean(MailDelivery.class).stop();
        }
        assertThat(rows.findWaiting(100))
                .hasSize(20)
                .allSatisfy(mail -> assertThat(mail.leasedBy()).isNull());
    }

    private void deliver() {
        context.getBean(MailDelivery.class).start();
    }

    private ApplicationContext start(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(QUICK);
        all.put("latchkey.smtp.port", sink.port());
        all.putAll(settings);
        return Contexts.start(database, all);
    }

    private OutboxMessage row(UUID id) {
        return rows.findById(id).orElseThrow();
    }

    private double counter(String name) {
        return context.getBean(MeterRegistry.class)
                .counter(name, "kind", TestMails.KIND)
                .count();
    }

    private Instant now() {
        return context.getBean(Clock.class).instant();
    }

    @SuppressWarnings("unchecked") // There is one data source, and it gives JDBC connections.
    private static TransactionOperations<Connection> transactions(ApplicationContext context) {
        return context.getBean(TransactionOperations.class);
    }
}
