package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How long photos that nothing refers to are kept.
 *
 * @param photoGrace time after storing in which a photo is never swept; longer than any save takes
 * @param photoSweepInterval time between two sweeps, and before the first one
 */
@ConfigurationProperties("latchkey")
public record PhotoSettings(
        @Bindable(defaultValue = "24h") Duration photoGrace,
        @Bindable(defaultValue = "1h") Duration photoSweepInterval) {}
