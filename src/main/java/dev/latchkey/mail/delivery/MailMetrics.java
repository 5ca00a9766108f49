package dev.latchkey.mail.delivery;

import dev.latchkey.mail.MailKinds;
import dev.latchkey.mail.Outbox;
import dev.latchkey.mail.OutboxCounts;
import dev.latchkey.mail.OutboxState;
import dev.latchkey.mail.smtp.SmtpCircuitBreaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What operators watch: mails sent, retried and given up, and how many wait for how long.
 */
@Singleton
class MailMetrics {
    private final MeterRegistry registry;
    private final MailKinds kinds;
    private final OutboxCounts outbox;

    MailMetrics(MeterRegistry registry, MailKinds kinds, OutboxCounts outbox, SmtpCircuitBreaker breaker) {
        this.registry = registry;
        this.kinds = kinds;
        this.outbox = outbox;
        TimeGauge.builder("latchkey.mail.overdue", () -> outbox.overdue(Outbox.CHANNEL), TimeUnit.MILLISECONDS)
                .description("How long the mail that is due longest has not been taken up")
                .register(registry);
        Gauge.builder("latchkey.mail.server.failures", breaker::failures)
                .description("Tries in a row in which the mail server could not be used")
                .register(registry);
        kinds.byMetric().forEach(this::watch);
    }

    private void watch(String metric, Set<String> kinds) {
        Gauge.builder("latchkey.mail.waiting", () -> outbox.count(kinds, OutboxState.WAITING))
                .description("Mails that wait to be accepted by the mail server")
                .tag("kind", metric)
                .register(registry);
        Gauge.builder("latchkey.mail.parked", () -> outbox.count(kinds, OutboxState.PARKED))
                .description("Mails that were given up and wait for an operator")
                .tag("kind", metric)
                .register(registry);
        TimeGauge.builder("latchkey.mail.oldest.age", () -> outbox.age(kinds), TimeUnit.MILLISECONDS)
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

    /** How long the oldest mail has waited that has not left; nothing when none waits. */
    Duration oldestAge() {
        return Duration.ofMillis(
                kinds.byMetric().values().stream().mapToLong(outbox::age).max().orElse(0));
    }
}
