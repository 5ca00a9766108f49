package dev.latchkey.session;

import dev.latchkey.account.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody who is signed in on the account's pages.
 *
 * @param id the keyed digest of the cookie; opens nothing itself
 * @param account whose pages these are, as it was when the request began
 * @param openedAt when they signed in
 * @param proof how
 * @param csrf what each form of this session carries, and nobody else knows
 */
public record PageSession(String id, Account account, Instant openedAt, SessionProof proof, String csrf) {
    /** For so long a mailed link stands for the passphrase. */
    public static final Duration FRESH = Duration.ofMinutes(15);

    public UUID accountId() {
        return account.id();
    }

    /** Whether it was opened just now by a mailed link, so that nobody has to be asked for the passphrase. */
    public boolean provenByLink(Instant now) {
        return proof == SessionProof.LINK
                && !openedAt.isAfter(now)
                && openedAt.plus(FRESH).isAfter(now);
    }

    @Override
    public String toString() {
        return "a page session";
    }
}
