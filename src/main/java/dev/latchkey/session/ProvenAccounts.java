package dev.latchkey.session;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes sure that what a passphrase proved is still true when a session is opened. Hashing takes long and happens
 * outside the transaction; a mailbox proof or a new passphrase in between must not be outlived by the session.
 */
@Singleton
final class ProvenAccounts {
    private final AccountLock lock;
    private final Accounts accounts;
    private final Clock clock;

    ProvenAccounts(AccountLock lock, Accounts accounts, Clock clock) {
        this.lock = lock;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** The account, locked and noted as used; empty when its passphrase is another one by now. Called inside a transaction. */
    Optional<Account> still(Account verified) {
        Optional<Account> still = lock.lock(verified.id())
                .filter(Account::usable)
                .filter(account -> account.passphraseHash() != null)
                .filter(account -> Objects.equals(account.passphraseHash(), verified.passphraseHash()));
        still.filter(account -> !account.verified())
                .ifPresent(account -> accounts.noteUse(account.id(), clock.instant()));
        return still;
    }
}
