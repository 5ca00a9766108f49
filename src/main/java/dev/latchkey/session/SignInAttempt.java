package dev.latchkey.session;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often one caller failed lately to sign in at one address.
 *
 * @param keyDigest of the address and the caller together
 * @param failures in a row, the attempt that runs now among them
 * @param lastAt when the last one began
 * @param succeededAt when it last went well, or the caller proved the mailbox
 */
@MappedEntity("sign_in_attempts")
record SignInAttempt(
        @Id String keyDigest,
        int failures,
        Instant lastAt,
        @Nullable Instant succeededAt) {}
