package dev.latchkey.membership;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.MailboxProofs;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one transaction of a confirmation: token, proof and passphrase, all or nothing. */
@Singleton
class ConfirmationWriter {
    private final AccountLock lock;
    private final LinkClaims claims;
    private final MailboxProofs proofs;
    private final Commits commits;
    private final Clock clock;

    ConfirmationWriter(AccountLock lock, LinkClaims claims, MailboxProofs proofs, Commits commits, Clock clock) {
        this.lock = lock;
        this.claims = claims;
        this.proofs = proofs;
        this.commits = commits;
        this.clock = clock;
    }

    /**
     * Confirms.
     *
     * @param kept the stored hash that the owner said is theirs
     * @return false when the link was gone, or the account is gone or blocked; nothing was written
     */
    boolean write(Inspection.Open link, @Nullable String hash, @Nullable String kept) {
        Instant now = clock.instant();
        return commits.write(
                OutcomeUnknown.Doing.USE_LINK,
                status -> write(link, hash, kept, now),
                confirmed -> claims.endedAt(link, now));
    }

    private boolean write(Inspection.Open link, @Nullable String hash, @Nullable String kept, Instant now) {
        Optional<Account> usable = lock.lock(link.accountId()).filter(Account::usable);
        if (usable.isEmpty() || !claims.claim(link)) {
            return false;
        }
        Account account = usable.get();
        proofs.record(account, hash, kept != null && kept.equals(account.passphraseHash()));
        List<String> changed = new ArrayList<>(List.of("email"));
        if (hash != null) {
            changed.add("passphrase");
        }
        claims.finish(link, LinkPurpose.CONFIRM_EMAIL, changed, now);
        return true;
    }
}
