package dev.latchkey.membership.proof;

import dev.latchkey.account.Account;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What somebody's proof of being the owner of an account turns out to be. */
public sealed interface ProofOutcome {

    /**
     * They are; to be asked again under the account's lock, see {@link OwnerProofs#still}.
     *
     * @param account as it was then
     * @param sessionId the session that a mailed link opened; absent where the passphrase was the proof
     */
    record Proven(Account account, @Nullable String sessionId) implements ProofOutcome {}

    /** A wrong passphrase, or a session that no mailed link has just opened. */
    record NotProven() implements ProofOutcome {}

    /** Too many wrong passphrases lately. */
    record SlowedDown(Duration retryAfter) implements ProofOutcome {}
}
