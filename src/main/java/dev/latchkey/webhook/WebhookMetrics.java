package dev.latchkey.webhook;

import dev.latchkey.mail.OutboxCounts;
import dev.latchkey.mail.OutboxState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What operators watch: events sent, retried and given up, how many wait for how long, and whether the endpoint is there. */
@Singleton
class WebhookMetrics {
    private static final Set<String> TYPES =
            Stream.of(EventType.values()).map(EventType::wire).collect(Collectors.toUnmodifiableSet());

    private final MeterRegistry registry;

    WebhookMetrics(MeterRegistry registry, OutboxCounts outbox, EndpointPause pause) {
        this.registry = registry;
        Gauge.builder("latchkey.webhook.waiting", () -> outbox.count(TYPES, OutboxState.WAITING))
                .description("Events that wait to be taken by their endpoint")
                .register(registry);
        Gauge.builder("latchkey.webhook.parked", () -> outbox.count(TYPES, OutboxState.PARKED))
                .description("Events that were given up and wait for an operator")
                .register(registry);
        TimeGauge.builder("latchkey.webhook.oldest.age", () -> outbox.age(TYPES), TimeUnit.MILLISECONDS)
                .description("How long the oldest waiting event has waited")
                .register(registry);
        TimeGauge.builder("latchkey.webhook.overdue", () -> outbox.overdue(Events.CHANNEL), TimeUnit.MILLISECONDS)
                .description("How long the event that is due longest has not been taken up")
                .register(registry);
        Gauge.builder("latchkey.webhook.endpoint.failures", pause::failures)
                .description("Tries in a row in which the endpoint could not be used")
                .register(registry);
    }

    void sent(String type) {
        increment("latchkey.webhook.sent", "Events taken by their endpoint", type);
    }

    void retried(String type) {
        increment("latchkey.webhook.retried", "Attempts that will be repeated", type);
    }

    void undeliverable(String type) {
        increment("latchkey.webhook.undeliverable", "Events given up", type);
    }

    private void increment(String name, String description, String type) {
        Counter.builder(name)
                .description(description)
                .tag("type", type)
                .register(registry)
                .increment();
    }
}
