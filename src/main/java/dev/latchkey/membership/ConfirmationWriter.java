package dev.latchkey.membership;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.MailboxProofs;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
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

    ConfirmationWriter(AccountLock lock, LinkClaims claims, MailboxProofs proofs) {
        this.lock = lock;
        this.claims = claims;
        this.proofs = proofs;
    }

    /**
     * Confirms.
     *
     * @param kept the stored hash that the owner said is theirs
     * @return false when the link was gone, or the account is gone or blocked; nothing was written
     */
    @Transactional
    boolean write(Inspection.Open link, @Nullable String hash, @Nullable String kept) {
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
        claims.finish(link, LinkPurpose.CONFIRM_EMAIL, changed);
        return true;
    }
}
