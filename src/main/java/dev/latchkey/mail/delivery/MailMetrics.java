package dev.latchkey.mail.delivery;

import dev.latchkey.mail.MailKinds;
import dev.latchkey.mail.MailState;
import dev.latchkey.mail.Outbox;
import dev.latchkey.mail.OutboxMails;
import dev.latchkey.mail.smtp.SmtpCircuitBreaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators watch: mails sent, retried and given up, and how many wait for how long. The outbox is counted at most
 * every so often however often it is asked for.
 */
@Singleton
class MailMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(MailMetrics.class);
    private static final long FRESH_NANOS = Duration.ofSeconds(15).toNanos();

    private final MeterRegistry registry;
    private final MailKinds kinds;
    private final OutboxMails mails;
    private final Clock clock;
    private List<OutboxMails.Count> counts = List.of();
    private @Nullable Instant oldestDue;
    private long countedAt = System.nanoTime() - FRESH_NANOS;

    MailMetrics(MeterRegistry registry, MailKinds kinds, OutboxMails mails, SmtpCircuitBreaker breaker, Clock clock) {
        this.registry = registry;
        this.kinds = kinds;
        this.mails = mails;
        this.clock = clock;
        TimeGauge.builder("latchkey.mail.overdue", this::overdue, TimeUnit.MILLISECONDS)
                .description("How long the mail that is due longest has not been taken up")
                .register(registry);
        Gauge.builder("latchkey.mail.server.failures", breaker::failures)
                .description("Tries in a row in which the mail server could not be used")
                .register(registry);
        kinds.byMetric().forEach(this::watch);
    }

    private void watch(String metric, Set<String> kinds) {
        Gauge.builder("latchkey.mail.waiting", () -> count(kinds, MailState.WAITING))
                .description("Mails that wait to be accepted by the mail server")
                .tag("kind", metric)
                .register(registry);
        Gauge.builder("latchkey.mail.parked", () -> count(kinds, MailState.PARKED))
                .description("Mails that were given up and wait for an operator")
                .tag("kind", metric)
                .register(registry);
        TimeGauge.builder("latchkey.mail.oldest.age", () -> age(kinds), TimeUnit.MILLISECONDS)
                .description("How long the oldest waiting mail has waited")
                .tag("kind", metric)
                .register(registry);
    }

    /** The mail server minds us, not a mail. */
    void refusedUs() {
        Counter.builder("latchkey.mail.sender.refused")
                .description("Attempts that failed because the mail server minds the sender, not the recipient")
                .register(registry)
                .increment();
    }

    void count(DeliveryResult result) {
        switch (result) {
            case DeliveryResult.Accepted accepted ->
                increment("latchkey.mail.sent", "Mails accepted by the mail server", result);
            case DeliveryResult.Postponed postponed ->
                increment("latchkey.mail.retried", "Attempts that will be repeated", result);
            case DeliveryResult.Parked parked -> increment("latchkey.mail.undeliverable", "Mails given up", result);
            case DeliveryResult.Unrecorded parked -> increment("latchkey.mail.undeliverable", "Mails given up", result);
            case DeliveryResult.Withheld withheld ->
                increment("latchkey.mail.withheld", "Mails to addresses that no mail goes to", result);
            case DeliveryResult.Dropped dropped ->
                increment("latchkey.mail.dropped", "Mails with nothing to say any more", result);
            case DeliveryResult.Released released -> {
                // Nothing happened to it.
            }
        }
    }

    private void increment(String name, String description, DeliveryResult result) {
        Counter.builder(name)
                .description(description)
                .tag("kind", kinds.metricOf(result.mail().kind()))
                .register(registry)
                .increment();
    }

    private long count(Set<String> kinds, MailState state) {
        return counts(kinds, state).mapToLong(OutboxMails.Count::mails).sum();
    }

    /** Age in milliseconds of the oldest waiting mail of those kinds; zero when none waits. */
    private long age(Set<String> kinds) {
        return counts(kinds, MailState.WAITING)
                .mapToLong(count -> clock.millis() - count.oldest().toEpochMilli())
                .max()
                .orElse(0);
    }

    /** How long the oldest mail has waited that has not left; nothing when none waits. */
    Duration oldestAge() {
        return Duration.ofMillis(
                kinds.byMetric().values().stream().mapToLong(this::age).max().orElse(0));
    }

    /** For how many milliseconds a mail has been due without being taken up; zero when none is. */
    private synchronized long overdue() {
        recount();
        return oldestDue == null ? 0 : Math.max(0, clock.millis() - oldestDue.toEpochMilli());
    }

    private synchronized Stream<OutboxMails.Count> counts(Set<String> kinds, MailState state) {
        recount();
        return counts.stream()
                .filter(count -> kinds.contains(count.kind()) && count.state().equalsIgnoreCase(state.name()));
    }

    private void recount() {
        if (System.nanoTime() - countedAt < FRESH_NANOS) {
            return;
        }
        countedAt = System.nanoTime();
        try {
            counts = mails.count();
            oldestDue = mails.findOldestDue(Outbox.CHANNEL, clock.instant()).orElse(null);
        } catch (RuntimeException e) {
            LOG.warn("The outbox cannot be counted, the last count stands", e);
        }
    }
}
