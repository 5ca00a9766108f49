package dev.latchkey.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.config.operating.WebhookSettings;
import dev.latchkey.mail.Outbox;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxMessages;
import dev.latchkey.mail.OutboxOperations;
import dev.latchkey.mail.OutboxState;
import dev.latchkey.mail.TestMails;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.HookHost;
import dev.latchkey.support.HookHost.Received;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.SmtpSink;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
class WebhookDeliveryTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String BUSY = HookHost.answer("503 Busy", "");
    private static final String BROKEN = HookHost.answer("500 Broken", "");

    private final HookHost host = new HookHost();
    private final Map<String, Object> database;
    private final ApplicationContext context;
    private final OutboxMessages rows;
    private final MutableClock clock;

    WebhookDeliveryTest(Database database) {
        this.database = database.withTables();
        context = start(Map.of());
        rows = context.getBean(OutboxMessages.class);
        clock = context.getBean(MutableClock.class);
    }

    @AfterEach
    void stop() {
        context.close();
        host.close();
    }

    @Test
    void sendsASignedMessageOnceItsCauseHasCommitted() {
        deliver();
        UUID account = UUID.randomUUID();
        happened(context, account);
        await().until(() -> rows.count().isEmpty());
        assertThat(host.received).singleElement().satisfies(message -> {
            long seconds = clock.instant().getEpochSecond();
            assertThat(message.headers()).containsEntry("webhook-timestamp", Long.toString(seconds));
            assertThat(message.headers())
                    .containsEntry(
                            "webhook-signature",
                            context.getBean(Signatures.class).of(message.id(), seconds, message.body()));
            assertThat(message.body())
                    .isEqualTo("{\"type\":\"account.blocked\",\"timestamp\":\"2026-11-20T10:00:00Z\",\"data\":"
                            + "{\"accountId\":\"" + account + "\",\"pin\":100000001}}");
        });
        await().until(() -> counter("latchkey.webhook.sent") == 1);
    }

    @Test
    void triesAgainLaterAndLaterWithTheSameMessage() {
        host.next(BROKEN, BROKEN, BROKEN);
        deliver();
        happened(context, UUID.randomUUID());
        for (int attempt = 1; attempt <= 3; attempt++) {
            int attempts = attempt;
            await().until(() -> waits(attempts));
            OutboxMessage row = rows.findWaiting(1).getFirst();
            assertThat(row.lastError()).isEqualTo("answered 500");
            Duration wait = Duration.between(clock.instant(), row.dueAt());
            Duration most = Duration.ofSeconds(5).multipliedBy(1L << (attempt - 1));
            assertThat(wait).isBetween(most.multipliedBy(3).dividedBy(4), most);
            assertThat(host.received).hasSize(attempt);
            clock.advance(wait);
        }
        await().until(() -> rows.count().isEmpty());
        assertThat(host.received).hasSize(4);
        assertThat(host.received.stream().map(Received::id).distinct()).hasSize(1);
        assertThat(host.received.stream().map(Received::body).distinct()).hasSize(1);
        assertThat(host.received.stream()
                        .map(message -> message.headers().get("webhook-timestamp"))
                        .distinct())
                .as("each attempt has a time of its own")
                .hasSize(4);
        await().until(() -> counter("latchkey.webhook.retried") == 3);
    }

    @Test
    void leavesABusyEndpointAloneForAsLongAsItAsks() {
        host.next(HookHost.answer("503 Busy", "Retry-After: 600"));
        deliver();
        happened(context, UUID.randomUUID());
        await().until(() -> waits(1));
        assertThat(rows.findWaiting(1).getFirst().dueAt())
                .isEqualTo(clock.instant().plusSeconds(600));
        happened(context, UUID.randomUUID());
        clock.advance(Duration.ofSeconds(599));
        assertThat(context.getBean(EndpointPause.class).lasts()).isTrue();
        assertThat(host.received).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        await().until(() -> rows.count().isEmpty());
        assertThat(host.received).hasSize(3);
    }

    @Test
    void letsOneEventTryAnEndpointThatIsAwayAndLeavesTheOthersAsTheyAre() {
        host.always(BUSY);
        IntStream.range(0, 20).forEach(i -> happened(context, UUID.randomUUID()));
        deliver();
        await().until(() -> context.getBean(EndpointPause.class).failures() == 1
                && rows.findWaiting(100).stream().allMatch(row -> row.leasedBy() == null));
        assertThat(host.received).hasSizeLessThanOrEqualTo(Endpoint.CONNECTIONS);
        int sent = host.received.size();
        assertThat(rows.findWaiting(100).stream().filter(row -> row.attempts() == 0))
                .hasSize(20 - sent);
        clock.advance(Duration.ofSeconds(5));
        await().until(() -> context.getBean(EndpointPause.class).failures() == 2
                && rows.findWaiting(100).stream().allMatch(row -> row.leasedBy() == null));
        assertThat(host.received).hasSize(sent + 1);
        host.always(HookHost.OK);
        clock.advance(Duration.ofSeconds(20));
        await().until(() -> rows.count().isEmpty());
        assertThat(host.received.stream().map(Received::id).distinct()).hasSize(20);
    }

    @Test
    void parksWhatIsNotWantedAnyMoreAndSendsItAgainWhenAnOperatorSaysSo() {
        host.next(HookHost.answer("410 Gone", ""));
        deliver();
        happened(context, UUID.randomUUID());
        await().until(() -> !rows.findParked(1).isEmpty());
        OutboxMessage parked = rows.findParked(1).getFirst();
        assertThat(parked.lastError()).isEqualTo("answered 410, wants no events any more");
        await().until(() -> counter("latchkey.webhook.undeliverable") == 1);
        assertThat(context.getBean(OutboxOperations.class).retry(List.of(parked.id())))
                .isEqualTo(1);
        await().until(() -> rows.count().isEmpty());
        assertThat(host.received)
                .hasSize(2)
                .allMatch(message -> message.id().equals(parked.id().toString()));
    }

    @Test
    void parksWhatStillFailsWhenItIsADayOld() {
        host.always(BROKEN);
        deliver();
        happened(context, UUID.randomUUID());
        for (int attempt = 1; attempt < 10; attempt++) {
            int attempts = attempt;
            await().until(() -> waits(attempts));
            clock.advance(Duration.ofHours(3));
        }
        await().until(() -> !rows.findParked(1).isEmpty());
        assertThat(rows.findParked(1).getFirst().lastError()).isEqualTo("Given up after 10 attempts: answered 500");
    }

    @Test
    void aClockThatWasAheadForAMomentGivesNothingUp() {
        host.next(BROKEN);
        happened(context, UUID.randomUUID());
        clock.advance(Duration.ofDays(400));
        deliver();
        await().until(() -> waits(1));
        clock.advance(Duration.ofDays(-400));
        await().until(() -> rows.count().isEmpty());
        assertThat(host.received).hasSize(2);
    }

    @Test
    void sendsWhatADeadProcessHadClaimedWhenItsLeaseEnds() {
        happened(context, UUID.randomUUID());
        Instant end = clock.instant().plusSeconds(60);
        transactions(context).executeWrite(status -> rows.claim(Events.CHANNEL, "dead", end, clock.instant(), 10));
        deliver();
        happened(context, UUID.randomUUID());
        await().until(() -> host.received.size() == 1);
        clock.advance(Duration.ofSeconds(60));
        await().until(() -> rows.count().isEmpty());
        assertThat(host.received).hasSize(2);
    }

    @Test
    void sendsThoseOfOneAccountInTheOrderInWhichTheyHappened() {
        UUID one = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        transactions(context).executeWrite(status -> {
            for (int pin = 1; pin <= 20; pin++) {
                Event event = Event.of(EventType.PROFILE_CHANGED, pin % 2 == 0 ? one : other, pin);
                context.getBean(Events.class).tell(() -> List.of(event));
            }
            return true;
        });
        deliver();
        await().until(() -> rows.count().isEmpty());
        for (UUID account : List.of(one, other)) {
            assertThat(host.received.stream()
                            .map(Received::body)
                            .filter(body -> body.contains(account.toString()))
                            .map(body -> Integer.parseInt(body.replaceAll(".*\"pin\":(\\d+).*", "$1"))))
                    .hasSize(10)
                    .isSorted();
        }
    }

    @Test
    void sharesTheWorkWithAnotherProcess() {
        try (ApplicationContext second = start(Map.of())) {
            List<UUID> accounts = new ArrayList<>();
            IntStream.range(0, 60).forEach(i -> accounts.add(UUID.randomUUID()));
            deliver();
            second.getBean(WebhookDelivery.class).start();
            accounts.forEach(account -> happened(accounts.indexOf(account) % 2 == 0 ? context : second, account));
            await().until(() -> rows.count().isEmpty());
            assertThat(host.received).hasSize(60);
            assertThat(host.received.stream().map(Received::id).distinct()).hasSize(60);
        }
    }

    @Test
    void neitherADeadMailServerNorADeadEndpointHoldsUpTheOther() {
        try (SmtpSink sink = SmtpSink.start();
                EmbeddedServer deaf = serve(9, host.url());
                EmbeddedServer mute = serve(sink.port(), "http://127.0.0.1:9/")) {
            ApplicationContext first = deaf.getApplicationContext();
            first.getBean(TestMails.class).add(first.getBean(Outbox.class), "ada@example.org");
            happened(first, UUID.randomUUID());
            await().until(() -> host.received.size() == 1);

            ApplicationContext second = mute.getApplicationContext();
            happened(second, UUID.randomUUID());
            await().until(() -> second.getBean(EndpointPause.class).failures() > 0);
            second.getBean(TestMails.class).add(second.getBean(Outbox.class), "ada@example.org");
            await().until(() -> sink.received().size() == 1);
        }
    }

    @Test
    void givesBackWhatItHasNotBegunWithWhenItStops() {
        host.always(HookHost.SILENCE);
        UUID account = UUID.randomUUID();
        IntStream.range(0, 20).forEach(i -> happened(context, account));
        WebhookDelivery delivery = deliver();
        await().until(() -> host.received.size() == 1);
        delivery.stop();
        assertThat(rows.findWaiting(100))
                .hasSize(20)
                .allSatisfy(row -> assertThat(row.state()).isEqualTo(OutboxState.WAITING));
        assertThat(rows.findWaiting(100).stream().filter(row -> row.attempts() == 0))
                .hasSize(19);
        host.always(HookHost.OK);
        delivery.start();
        await().until(() -> {
            // The one that was under way is due some time after it has ended, which may be after the others left.
            clock.advance(Duration.ofSeconds(20));
            return rows.count().isEmpty();
        });
    }

    @Test
    void whereNobodyIsToldThereIsNothingToDeliver() {
        try (ApplicationContext untold = Contexts.start(database, Map.of("latchkey.webhook-url", " "))) {
            assertThat(untold.containsBean(WebhookDelivery.class)).isFalse();
            assertThat(untold.getBean(WebhookSettings.class).on()).isFalse();
            transactions(untold).executeWrite(status -> {
                untold.getBean(Events.class).tell(() -> {
                    throw new AssertionError("nobody asks");
                });
                return true;
            });
            assertThat(rows.count()).isEmpty();
        }
    }

    private WebhookDelivery deliver() {
        WebhookDelivery delivery = context.getBean(WebhookDelivery.class);
        delivery.start();
        return delivery;
    }

    private static void happened(ApplicationContext context, UUID account) {
        transactions(context).executeWrite(status -> {
            context.getBean(Events.class)
                    .tell(() -> List.of(Event.of(EventType.ACCOUNT_BLOCKED, account, 100_000_001)));
            return true;
        });
    }

    private boolean waits(int attempts) {
        return rows.findWaiting(1).stream().anyMatch(row -> row.leasedBy() == null && row.attempts() == attempts);
    }

    private ApplicationContext start(Map<String, Object> settings) {
        return Contexts.start(database, with(settings));
    }

    private EmbeddedServer serve(int smtpPort, String url) {
        return Contexts.serve(
                Database.SQLITE,
                with(Map.of("test.mails", true, "latchkey.smtp.port", smtpPort, "latchkey.webhook-url", url)));
    }

    private Map<String, Object> with(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "test.clock",
                true,
                "latchkey.mail-poll-interval",
                "50ms",
                "latchkey.webhook-url",
                host.url(),
                "latchkey.webhook-secret",
                SECRET));
        all.putAll(settings);
        return all;
    }

    private double counter(String name) {
        return context.getBean(MeterRegistry.class)
                .counter(name, "type", "account.blocked")
                .count();
    }

    @SuppressWarnings("unchecked") // There is one data source, and it gives JDBC connections.
    private static TransactionOperations<Connection> transactions(ApplicationContext context) {
        return context.getBean(TransactionOperations.class);
    }
}
