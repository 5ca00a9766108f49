package dev.latchkey.config.operating;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * When a server counts as not ready.
 *
 * @param mailOverdueLimit how long the oldest due mail may have waited for a mail server that cannot be used
 */
@ConfigurationProperties("latchkey")
public record ReadinessSettings(
        @Bindable(defaultValue = "2h") Duration mailOverdueLimit) {}
