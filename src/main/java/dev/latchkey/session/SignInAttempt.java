package dev.latchkey.session;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often signing in failed lately.
 *
 * @param keyDigest of an address, of a caller, or of both together
 * @param failures in a row, the attempt that runs now among them
 * @param lastAt when the last one began
 * @param succeededAt when it last went well; only kept of an address and a caller together
 */
@MappedEntity("sign_in_attempts")
record SignInAttempt(
        @Id String keyDigest,
        int failures,
        Instant lastAt,
        @Nullable Instant succeededAt) {}
