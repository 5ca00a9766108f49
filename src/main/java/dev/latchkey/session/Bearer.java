package dev.latchkey.session;

import java.util.UUID;

/** What a bearer token turns out to be. */
public sealed interface Bearer {

    /**
     * Good.
     *
     * @param accountId who is signed in
     * @param tokenId names this token among those of the account
     */
    record SignedIn(UUID accountId, UUID tokenId) implements Bearer {}

    /** Ours, and its time ran out. */
    record Expired() implements Bearer {}

    /** Malformed, unsigned, signed by somebody else, made for something else, or revoked. */
    record Invalid() implements Bearer {}
}
