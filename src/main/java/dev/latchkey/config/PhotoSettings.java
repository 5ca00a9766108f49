package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How many photos are taken, and how long those are kept that nothing refers to.
 *
 * @param photoGrace time after storing in which a photo is never swept; longer than any save takes
 * @param photoSweepInterval time between two sweeps, and before the first one
 * @param photosPerHour photos that may be uploaded for one account within any hour
 */
@ConfigurationProperties("latchkey")
public record PhotoSettings(
        @Bindable(defaultValue = "24h") Duration photoGrace,
        @Bindable(defaultValue = "1h") Duration photoSweepInterval,
        @Bindable(defaultValue = "20") int photosPerHour) {}
