package dev.latchkey.profile;

import org.jspecify.annotations.Nullable;

/**
 * What the owner of an account says about its passphrase.
 *
 * @param hash of the one they set; absent when they set none
 * @param kept the stored hash that they said is theirs; absent when they said nothing. The hash and not a yes, so that
 *     it never covers a passphrase that somebody else sets meanwhile
 */
record NewPassphrase(@Nullable String hash, @Nullable String kept) {

    /** Whether the owner said that the passphrase with this hash is theirs. */
    boolean keeps(@Nullable String stored) {
        return kept != null && kept.equals(stored);
    }
}
