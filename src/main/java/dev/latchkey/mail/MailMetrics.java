package dev.latchkey.mail;

import dev.latchkey.mail.delivery.DeliveryResult;
import dev.latchkey.mail.smtp.SmtpCircuitBreaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** What operators watch: mails sent, retried and given up, and how many wait for how long. */
@Singleton
public class MailMetrics {
    private final MeterRegistry registry;
    private final MailKinds kinds;

    MailMetrics(MeterRegistry registry, MailKinds kinds, OutboxCensus census, SmtpCircuitBreaker gate) {
        this.registry = registry;
        TimeGauge.builder("latchkey.mail.overdue", census, TimeUnit.MILLISECONDS, OutboxCensus::overdue)
                .description("How long the mail that is due longest has not been taken up")
                .register(registry);
        Gauge.builder("latchkey.mail.server.failures", gate, SmtpCircuitBreaker::failures)
                .description("Tries in a row in which the mail server could not be used")
                .register(registry);
        this.kinds = kinds;
        kinds.byMetric().forEach((metric, names) -> {
            Gauge.builder("latchkey.mail.waiting", census, counts -> counts.mails(names, MailState.WAITING))
                    .description("Mails that wait to be accepted by the mail server")
                    .tag("kind", metric)
                    .register(registry);
            Gauge.builder("latchkey.mail.parked", census, counts -> counts.mails(names, MailState.PARKED))
                    .description("Mails that were given up and wait for an operator")
                    .tag("kind", metric)
                    .register(registry);
            TimeGauge.builder("latchkey.mail.oldest.age", census, TimeUnit.MILLISECONDS, counts -> counts.age(names))
                    .description("How long the oldest waiting mail has waited")
                    .tag("kind", metric)
                    .register(registry);
        });
    }

    /** The mail server minds us, not a mail. */
    public void refusedUs() {
        Counter.builder("latchkey.mail.sender.refused")
                .description("Attempts that failed because the mail server minds the sender, not the recipient")
                .register(registry)
                .increment();
    }

    public void count(DeliveryResult fate) {
        switch (fate) {
            case DeliveryResult.Accepted sent ->
                increment("latchkey.mail.sent", "Mails accepted by the mail server", fate);
            case DeliveryResult.Postponed postponed ->
                increment("latchkey.mail.retried", "Attempts that will be repeated", fate);
            case DeliveryResult.Parked parked -> increment("latchkey.mail.undeliverable", "Mails given up", fate);
            case DeliveryResult.Unrecorded parked -> increment("latchkey.mail.undeliverable", "Mails given up", fate);
            case DeliveryResult.Dropped dropped ->
                increment("latchkey.mail.dropped", "Mails with nothing to say any more", fate);
            case DeliveryResult.Released released -> {
                // Nothing happened to it.
            }
        }
    }

    private void increment(String name, String description, DeliveryResult fate) {
        Counter.builder(name)
                .description(description)
                .tag("kind", kinds.metricOf(fate.mail().kind()))
                .register(registry)
                .increment();
    }
}
