package dev.latchkey.config;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** The one clock and the one source of randomness. */
@Factory
final class ClockFactory {

    /** UTC in whole milliseconds, the finest both databases keep. */
    @Singleton
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));
    }

    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }
}
