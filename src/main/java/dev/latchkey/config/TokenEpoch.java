package dev.latchkey.config;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What part of a token's key changes when tokens of the past must not be recognised any more. Read when the service
 * starts.
 */
public interface TokenEpoch {

    /** Any text; empty for the first of all times. */
    String current();

    /** Since when tokens from before are not recognised; absent in the first of all times. */
    @Nullable
    Instant since();
}
