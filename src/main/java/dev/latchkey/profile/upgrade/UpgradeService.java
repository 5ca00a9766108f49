package dev.latchkey.profile.upgrade;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.Tier;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.magiclink.MailboxProofs;
import dev.latchkey.profile.Profiles;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Makes accounts PRO that have earned it. How it is lost, {@link Account#tier} says. */
@Singleton
public class UpgradeService {
    private final AccountLock lock;
    private final Accounts accounts;
    private final Profiles profiles;
    private final LinkClaims claims;
    private final MailboxProofs proofs;

    UpgradeService(AccountLock lock, Accounts accounts, Profiles profiles, LinkClaims claims, MailboxProofs proofs) {
        this.lock = lock;
        this.accounts = accounts;
        this.profiles = profiles;
        this.claims = claims;
        this.proofs = proofs;
    }

    /** Upgrades an account, as often as asked; the lock keeps what is looked at from changing meanwhile. */
    @Transactional
    public UpgradeOutcome upgrade(UUID accountId) {
        return upgrade(lock.lock(accountId), false, account -> {});
    }

    /**
     * Upgrades the account that a mailed link opens, and leaves the link as it is. Whoever does that has proved the
     * mailbox, so the address counts as confirmed, and what comes with the first proof comes with this one.
     *
     * @param keep whether the owner says that the passphrase in use is theirs
     */
    @Transactional
    public UpgradeOutcome upgrade(Inspection.Open link, boolean keep) {
        Optional<Account> account = lock.lock(link.accountId()).filter(locked -> claims.isOpen(link));
        return upgrade(account, true, owner -> proofs.record(owner, null, keep));
    }

    /** @param proof what is done before the tier is written, as the first proof of a mailbox takes every earlier tier away */
    private UpgradeOutcome upgrade(Optional<Account> locked, boolean proven, Consumer<Account> proof) {
        Account account = locked.filter(Account::usable).orElse(null);
        if (account == null) {
            return new UpgradeOutcome.Gone();
        }
        if (account.tier() == Tier.PRO) {
            return new UpgradeOutcome.Pro();
        }
        List<ProCondition> missing = ProCondition.missing(profiles.viewOf(account), proven);
        if (!missing.isEmpty()) {
            return new UpgradeOutcome.Missing(missing);
        }
        proof.accept(account);
        accounts.updateTier(account.id(), Tier.PRO);
        return new UpgradeOutcome.Pro();
    }
}
