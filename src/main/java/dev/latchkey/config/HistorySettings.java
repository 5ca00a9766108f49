package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How long changes can be taken back.
 *
 * @param undoLifetime counted from the change, or from the moment its notice was accepted where that came late
 */
@ConfigurationProperties("latchkey")
public record HistorySettings(
        @Bindable(defaultValue = "72h") Duration undoLifetime) {}
