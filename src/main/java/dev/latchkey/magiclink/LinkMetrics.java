package dev.latchkey.magiclink;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What operators want to know of links; no tag ever names a person. */
@Singleton
final class LinkMetrics {
    private final Counter requested;
    private final Counter limited;
    private final Map<Inspection.Reason, Counter> refused = new EnumMap<>(Inspection.Reason.class);

    LinkMetrics(MeterRegistry registry) {
        requested = Counter.builder("latchkey.links.requested")
                .description("Requests for a link that were accepted")
                .register(registry);
        limited = Counter.builder("latchkey.links.limited")
                .description("Requests for a link over a limit")
                .register(registry);
        for (Inspection.Reason reason : Inspection.Reason.values()) {
            refused.put(
                    reason,
                    Counter.builder("latchkey.links.refused")
                            .description("Tokens that opened nothing, by reason")
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    void requested() {
        requested.increment();
    }

    void limited() {
        limited.increment();
    }

    void refused(Inspection.Reason reason) {
        Counter counter = refused.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
