package dev.latchkey.config;

/**
 * What part of a token's key changes when tokens of the past must not be recognised any more. Read when the service
 * starts.
 */
@FunctionalInterface
public interface TokenEpoch {

    /** Any text; empty for the first of all times. */
    String current();
}
