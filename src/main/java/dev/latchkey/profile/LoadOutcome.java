package dev.latchkey.profile;

import dev.latchkey.magiclink.Inspection;

/** What looking through a magic link can lead to. */
public sealed interface LoadOutcome {

    /**
     * The link opens this.
     *
     * @param link the link, still unused
     * @param view the account and its profile
     */
    record Loaded(Inspection.Open link, ProfileView view) implements LoadOutcome {}

    /** The link opens nothing. */
    record LinkRefused(Inspection.Refused refusal) implements LoadOutcome {}
}
