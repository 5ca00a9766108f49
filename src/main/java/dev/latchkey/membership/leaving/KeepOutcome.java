package dev.latchkey.membership.leaving;

import dev.latchkey.account.Account;
import dev.latchkey.magiclink.Inspection;
import java.time.Instant;

/** What looking at a link that takes the closing of an account back, or using it, can lead to. */
public sealed interface KeepOutcome {

    /**
     * It can be taken back.
     *
     * @param account as it was looked at
     * @param eraseAt until when
     */
    record Open(Account account, Instant eraseAt) implements KeepOutcome {}

    /** It was taken back: the account is as it was, and nobody is signed in. */
    record Kept(Account account) implements KeepOutcome {}

    /** The link opens nothing, or somebody else was faster. */
    record LinkRefused(Inspection.Refused refusal) implements KeepOutcome {}
}
