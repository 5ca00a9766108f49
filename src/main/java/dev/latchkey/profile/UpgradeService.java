package dev.latchkey.profile;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.Tier;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes accounts PRO that have earned it. How it is lost, {@link Account#tier} says. */
@Singleton
public class UpgradeService {
    private final AccountLock lock;
    private final Accounts accounts;
    private final Profiles profiles;

    UpgradeService(AccountLock lock, Accounts accounts, Profiles profiles) {
        this.lock = lock;
        this.accounts = accounts;
        this.profiles = profiles;
    }

    /** Upgrades an account, as often as asked; the lock keeps what is looked at from changing meanwhile. */
    @Transactional
    public UpgradeOutcome upgrade(UUID accountId) {
        Optional<Account> account = lock.lock(accountId).filter(Account::usable);
        if (account.isEmpty()) {
            return new UpgradeOutcome.Gone();
        }
        if (account.get().tier() == Tier.PRO) {
            return new UpgradeOutcome.Pro();
        }
        List<ProCondition> missing = ProCondition.missing(profiles.viewOf(account.get()));
        if (!missing.isEmpty()) {
            return new UpgradeOutcome.Missing(missing);
        }
        accounts.updateTier(accountId, Tier.PRO);
        return new UpgradeOutcome.Pro();
    }
}
