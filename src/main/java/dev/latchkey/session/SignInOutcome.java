package dev.latchkey.session;

import dev.latchkey.account.Account;
import java.time.Duration;

/** What trying to sign in can lead to. */
public sealed interface SignInOutcome {

    /**
     * The passphrase is the account's.
     *
     * @param account as it was when the passphrase matched
     */
    record Matched(Account account) implements SignInOutcome {}

    /** Unknown address, wrong passphrase, no passphrase, or a blocked account: nobody learns which. */
    record Refused() implements SignInOutcome {}

    /**
     * Too many attempts failed lately.
     *
     * @param retryAfter when the next may be made
     */
    record SlowedDown(Duration retryAfter) implements SignInOutcome {}
}
