package dev.latchkey.magiclink;

import org.jspecify.annotations.Nullable;

/**
 * Where a request for a link came from, as far as the owner of the mailbox may read it.
 *
 * @param door where it came in
 * @param assistant the name that the operator gave to the assistant's key; absent where it has none, and for everybody
 *     else
 * @param matchPhrase the two words of the request
 */
public record Provenance(Caller.Door door, @Nullable String assistant, String matchPhrase) {}
