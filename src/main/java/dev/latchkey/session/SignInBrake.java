package dev.latchkey.session;

import dev.latchkey.limit.CallerAddress;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Slows down guessing. Waits grow with the failures in a row and are kept in the database, so they hold across nodes
 * and restarts:
 *
 * <ul>
 *   <li>one caller at one address: after 5 failures, up to 5 minutes;
 *   <li>one caller at any address: after 50, up to a minute;
 *   <li>anybody at one address: after 20, up to 30 seconds, and not for a caller that signed in there before.
 * </ul>
 *
 * <p>So a stranger can make an owner wait for seconds, never lock them out. Whether the address has an account makes no
 * difference. An attempt counts as failed until it went well, so a thousand at once gain nothing.
 */
@Singleton
class SignInBrake {
    private static final Rule PAIR = new Rule(5, Duration.ofMinutes(5));
    private static final Rule CALLER = new Rule(50, Duration.ofMinutes(1));
    private static final Rule ADDRESS = new Rule(20, Duration.ofSeconds(30));
    private static final Duration FORGET = Duration.ofHours(1);
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final SignInAttempts attempts;
    private final KeyedDigests digests;
    private final Clock clock;

    SignInBrake(SignInAttempts attempts, KeyedDigests digests, Clock clock) {
        this.attempts = attempts;
        this.digests = digests;
        this.clock = clock;
    }

    /**
     * Lets an attempt through, or not yet.
     *
     * @return how long to wait; empty when it may go on, and is counted
     */
    @Transactional
    public Optional<Duration> admit(String address, CallerAddress caller) {
        Instant now = clock.instant();
        Optional<SignInAttempt> pair = attempts.findById(pairKey(address, caller));
        boolean known = pair.filter(attempt -> attempt.succeededAt() != null).isPresent();
        Duration wait = longest(List.of(
                PAIR.wait(pair, now),
                CALLER.wait(attempts.findById(callerKey(caller)), now),
                known ? Duration.ZERO : ADDRESS.wait(attempts.findById(addressKey(address)), now)));
        if (wait.isPositive()) {
            return Optional.of(wait);
        }
        boolean counted = count(addressKey(address), now) && count(callerKey(caller), now);
        return counted && count(pairKey(address, caller), now) ? Optional.empty() : Optional.of(A_MOMENT);
    }

    /** The attempt that was admitted went well. */
    @Transactional
    public void succeeded(String address, CallerAddress caller) {
        attempts.takeBackOne(addressKey(address));
        attempts.takeBackOne(callerKey(caller));
        attempts.clear(pairKey(address, caller), clock.instant());
    }

    /** False when another attempt was counted at the very same moment. */
    private boolean count(String key, Instant now) {
        Optional<SignInAttempt> found = attempts.findById(key);
        if (found.isEmpty()) {
            return attempts.begin(key, now) == 1;
        }
        SignInAttempt seen = found.get();
        int failures = isOld(seen, now) ? 1 : seen.failures() + 1;
        return attempts.countOneMore(key, failures, now, seen.failures(), seen.lastAt()) == 1;
    }

    private String addressKey(String address) {
        return digests.of("address", address);
    }

    private String callerKey(CallerAddress caller) {
        return digests.of("caller", caller.value());
    }

    private String pairKey(String address, CallerAddress caller) {
        return digests.of("pair", address + " " + caller.value());
    }

    private static boolean isOld(SignInAttempt attempt, Instant now) {
        return attempt.lastAt().plus(FORGET).isBefore(now);
    }

    private static Duration longest(List<Duration> waits) {
        return waits.stream().reduce(Duration.ZERO, (one, other) -> one.compareTo(other) >= 0 ? one : other);
    }

    /** So many failures are free; each further one doubles the wait, from a second up to the longest. */
    private record Rule(int free, Duration longest) {
        private static final int MOST_DOUBLINGS = 20;

        Duration wait(Optional<SignInAttempt> attempt, Instant now) {
            return attempt.filter(failed -> failed.failures() >= free && !isOld(failed, now))
                    .map(failed -> Duration.between(now, failed.lastAt().plus(after(failed.failures()))))
                    .filter(Duration::isPositive)
                    .orElse(Duration.ZERO);
        }

        private Duration after(int failures) {
            Duration doubled = Duration.ofSeconds(1L << Math.min(failures - free, MOST_DOUBLINGS));
            return doubled.compareTo(longest) < 0 ? doubled : longest;
        }
    }
}
