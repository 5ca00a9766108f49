package dev.latchkey.profile;

import org.jspecify.annotations.Nullable;

/** What the owner of an account says about its passphrase. */
public sealed interface PassphraseChoice {

    /** Nothing. */
    record None() implements PassphraseChoice {}

    /** The one in use is theirs; asked at the first proof of the mailbox. */
    record Keep() implements PassphraseChoice {}

    /** This is to be it. */
    record Typed(String passphrase) implements PassphraseChoice {
        @Override
        public String toString() {
            return "a passphrase";
        }
    }

    /** Typing one counts for more than the wish to keep the one in use. */
    static PassphraseChoice of(@Nullable String typed, boolean keep) {
        if (typed != null) {
            return new Typed(typed);
        }
        return keep ? new Keep() : new None();
    }
}
