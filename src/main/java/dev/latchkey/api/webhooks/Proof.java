package dev.latchkey.api.webhooks;

import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What proofs have in common. */
final class Proof {
    /** By how much a provider's clock may be ahead of ours. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private Proof() {}

    /** There is no proof, or one that proves nothing. */
    static ProblemException refused() {
        return new ProblemException(Problem.of(ProblemType.FORBIDDEN));
    }

    /** What was proved cannot be read. */
    static ProblemException malformed() {
        return new ProblemException(Problem.of(ProblemType.INVALID_REQUEST));
    }

    /** Whether a moment lies within the past so long. */
    static boolean isFresh(Instant at, Duration most, Clock clock) {
        Instant now = clock.instant();
        return at.isAfter(now.minus(most)) && at.isBefore(now.plus(AHEAD));
    }

    /** A moment in seconds since 1970, of which a fraction is left out; null when it is none. */
    static @Nullable Instant moment(@Nullable Object seconds) {
        if (seconds == null) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(seconds.toString());
            return number.precision() - number.scale() > 12 ? null : Instant.ofEpochSecond(number.longValue());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** A moment as ISO 8601 writes it, with a zone; null when it is none. */
    static @Nullable Instant iso(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
