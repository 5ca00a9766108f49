package dev.latchkey.session;

import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.ServerSecret;
import dev.latchkey.limit.Budget;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.limit.RateLimits;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Slows down guessing. What failed is kept in the database, so it counts across nodes and restarts:
 *
 * <ul>
 *   <li>one caller at one address: after 5 failures in a row a second, doubling up to 5 minutes;
 *   <li>one caller at any address: 50 failures, and one more each minute;
 *   <li>anybody at one address: 20 failures, and one more each half minute.
 * </ul>
 *
 * <p>Strangers never lock an owner out. A caller that signed in at the address before, or proved its mailbox from there,
 * answers for its own failures alone. Of the others, who failed less goes first: each number of failures up to 5 has a
 * reserve of its own, so that whoever comes from a new network with the right passphrase stands behind nobody who has
 * failed already, however often they ask.
 *
 * <p>Whether the address has an account makes no difference. An attempt counts as failed until it went well, so a
 * thousand at once gain nothing; what is not let through is not counted.
 */
@Singleton
class SignInThrottle {
    private static final int FREE = 5;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FORGET = Duration.ofHours(1);
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    /** Behind all characters of a digest. */
    private static final String LAST = "~";

    private static final int OF_CALLER = 50;
    private static final int OF_ADDRESS = 20;
    /** For those who have not failed yet: as many as that have to come at once to make one more wait. */
    private static final int RESERVED_FOR_NEW = 50;

    private static final int RESERVED_FOR_OTHERS = 5;

    private final TransactionOperations<Connection> transactions;
    private final SignInAttempts attempts;
    private final RateLimits limits;
    private final KeyedDigest digests;
    private final Clock clock;

    SignInThrottle(
            TransactionOperations<Connection> transactions,
            SignInAttempts attempts,
            RateLimits limits,
            ServerSecret secret,
            Clock clock) {
        this.transactions = transactions;
        this.attempts = attempts;
        this.limits = limits;
        this.digests = secret.mac("session-digest");
        this.clock = clock;
    }

    /** Lets an attempt through, and counts it, or not yet. */
    Admission admit(String address, CallerAddress caller) {
        return transactions.executeWrite(status -> {
            Admission admission = decide(address, caller);
            if (admission.pause().isPositive()) {
                status.setRollbackOnly();
            }
            return admission;
        });
    }

    /** The attempt that was admitted went well. */
    @Transactional
    public void succeeded(Admission admission) {
        attempts.clear(admission.pair(), clock.instant());
        admission.taken().forEach(limits::giveBack);
    }

    /** The attempt that was admitted came to nothing; it counts as if it had not been made. */
    @Transactional
    public void undo(Admission admission) {
        attempts.takeBackOne(admission.pair());
        admission.taken().forEach(limits::giveBack);
    }

    /**
     * The owner of an address proved the mailbox; where somebody failed to sign in, this caller is known from now on.
     * Elsewhere it costs a look.
     */
    void proved(String address, CallerAddress caller) {
        if (limits.taken(ofAddress(address)) > 0) {
            attempts.know(pairKey(address, caller), clock.instant());
        }
    }

    /** Forgets who tried at an address; in the order in which locks are taken elsewhere. */
    void forget(String address) {
        String prefix = addressKey(address);
        attempts.removeFrom(prefix, prefix + LAST);
        limits.forget(ofAddress(address));
        for (int failures = 0; failures < FREE; failures++) {
            limits.forget(reserve(address, failures));
        }
    }

    /** Locks are taken in one order: the pair, the caller, the address. */
    private Admission decide(String address, CallerAddress caller) {
        String pair = pairKey(address, caller);
        Instant now = clock.instant();
        Optional<SignInAttempts.Row> seen;
        do {
            // Whoever counted since the row was read makes the next look wait sooner.
            seen = attempts.findById(pair);
            Duration wait = wait(seen, now);
            if (wait.isPositive()) {
                return Admission.refused(pair, wait);
            }
        } while (!count(pair, seen, now));
        if (seen.filter(attempt -> attempt.succeededAt() != null).isPresent()) {
            Budget ofAddress = ofAddress(address);
            return new Admission(
                    pair, Duration.ZERO, limits.take(ofAddress).isEmpty() ? List.of(ofAddress) : List.of());
        }
        Budget ofCaller = new Budget("sign-in by caller", caller.value(), OF_CALLER, Duration.ofMinutes(1));
        Optional<Duration> wait = limits.take(ofCaller);
        if (wait.isPresent()) {
            return Admission.refused(pair, wait.get());
        }
        int failures = seen.filter(attempt -> counts(attempt, now))
                .map(SignInAttempts.Row::failures)
                .orElse(0);
        return atAddress(pair, address, ofCaller, failures);
    }

    private Admission atAddress(String pair, String address, Budget ofCaller, int failures) {
        Budget ofAddress = ofAddress(address);
        Optional<Duration> wait = limits.take(ofAddress);
        if (wait.isEmpty()) {
            return new Admission(pair, Duration.ZERO, List.of(ofCaller, ofAddress));
        }
        if (failures >= FREE) {
            return Admission.refused(pair, wait.get());
        }
        Budget reserve = reserve(address, failures);
        return limits.take(reserve)
                .map(longer -> Admission.refused(pair, longer.compareTo(wait.get()) < 0 ? longer : wait.get()))
                .orElseGet(() -> new Admission(pair, Duration.ZERO, List.of(ofCaller, reserve)));
    }

    private static Budget ofAddress(String address) {
        return new Budget("sign-in at address", address, OF_ADDRESS, HALF_A_MINUTE);
    }

    private static Budget reserve(String address, int failures) {
        return new Budget(
                "sign-in at address after " + failures,
                address,
                failures == 0 ? RESERVED_FOR_NEW : RESERVED_FOR_OTHERS,
                HALF_A_MINUTE);
    }

    /** False when another attempt was counted since this row was read. */
    private boolean count(String pair, Optional<SignInAttempts.Row> seen, Instant now) {
        if (seen.isEmpty()) {
            return attempts.begin(pair, now) == 1;
        }
        SignInAttempts.Row attempt = seen.get();
        int failures = counts(attempt, now) ? attempt.failures() + 1 : 1;
        return attempts.countOneMore(pair, failures, now, attempt.failures(), attempt.lastAt()) == 1;
    }

    private String pairKey(String address, CallerAddress caller) {
        return addressKey(address) + digests.of("pair:" + address + " " + caller.value());
    }

    /** What all keys of an address begin with. */
    private String addressKey(String address) {
        return digests.of("address:" + address) + ".";
    }

    /** Not what is long ago, nor what a clock wrote that was ahead. */
    private static boolean counts(SignInAttempts.Row attempt, Instant now) {
        return attempt.lastAt().plus(FORGET).isAfter(now)
                && !attempt.lastAt().minus(RateLimits.SKEW).isAfter(now);
    }

    /** The first failures are free; each further one doubles the wait, from a second up to the longest. */
    private static Duration wait(Optional<SignInAttempts.Row> seen, Instant now) {
        return seen.filter(attempt -> attempt.failures() >= FREE && counts(attempt, now))
                .map(attempt -> Duration.between(now, attempt.lastAt().plus(doubled(attempt.failures() - FREE))))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    private static Duration doubled(int doublings) {
        Duration pause = Duration.ofSeconds(1L << Math.min(doublings, 20));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }

    /**
     * What became of an attempt.
     *
     * @param pair address and caller
     * @param pause how long to wait; nothing for an attempt that was let through
     * @param taken what it is to give back when it went well
     */
    record Admission(String pair, Duration pause, List<Budget> taken) {
        static Admission refused(String pair, Duration pause) {
            return new Admission(pair, pause, List.of());
        }
    }
}
