package dev.latchkey.mail.pause;

import dev.latchkey.config.MailSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses that double from one failure to the next, with jitter so that mails that failed together come back apart. */
@Singleton
public class Backoff {
    /** Doublings after which no pause that anybody would configure is below its limit. */
    private static final int MOST_DOUBLINGS = 30;

    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;

    @Inject
    Backoff(MailSettings settings, SecureRandom random) {
        this(settings.mailRetryFirst(), settings.mailRetryMost(), random);
    }

    Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.random = random;
    }

    /** The same, with another limit. */
    public Backoff atMost(Duration limit) {
        return new Backoff(first, limit, random);
    }

    /** How long so many pauses took at least. */
    public Duration least(int pauses) {
        long sum = 0;
        for (int failures = 1; failures <= pauses; failures++) {
            sum += limited(failures) * 3 / 4;
        }
        return Duration.ofMillis(sum);
    }

    /** How long to wait after so many failures in a row: between three quarters of the doubled pause and all of it. */
    public Duration after(int failures) {
        long limited = limited(failures);
        return Duration.ofMillis(limited - (long) (limited * random.nextDouble() / 4));
    }

    private long limited(int failures) {
        long doubled = first.toMillis() << Math.clamp(failures - 1, 0, MOST_DOUBLINGS);
        return doubled <= 0 ? most.toMillis() : Math.min(doubled, most.toMillis());
    }
}
