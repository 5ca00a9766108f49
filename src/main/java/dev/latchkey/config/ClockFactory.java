package dev.latchkey.config;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** The one clock and the one source of randomness. */
@Factory
final class ClockFactory {

    @Singleton
    @Requires(notEnv = "dev")
    Clock clock() {
        return real();
    }

    @Singleton
    @Requires(env = "dev")
    DevClock devClock() {
        return new DevClock(real());
    }

    /** UTC in whole milliseconds, the finest both databases keep. */
    private static Clock real() {
        return Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));
    }

    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }
}
