package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How many connections there may be at one time.
 *
 * @param connections in all; when one more comes, the one that has waited longest for its caller is closed
 * @param connectionsPerAddress from one network address other than this machine's
 */
@ConfigurationProperties("latchkey")
public record ConnectionSettings(
        @Bindable(defaultValue = "2048") int connections,
        @Bindable(defaultValue = "512") int connectionsPerAddress) {}
