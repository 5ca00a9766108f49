package dev.latchkey.account;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** In which language somebody wants to be written to. Answered by the feature that knows it. */
public interface PreferredLanguages {

    /** The language of an account's owner; empty when they never chose one. */
    Optional<Locale> of(UUID accountId);
}
