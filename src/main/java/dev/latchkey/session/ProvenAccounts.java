package dev.latchkey.session;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes sure that what a passphrase proved is still true when a session is opened. Hashing takes long and happens
 * outside the transaction; a mailbox proof or a new passphrase in between must not be outlived by the session.
 */
@Singleton
final class ProvenAccounts {
    private final AccountLock lock;

    ProvenAccounts(AccountLock lock) {
        this.lock = lock;
    }

    /** The account, locked; empty when its passphrase is another one by now. Called inside a transaction. */
    Optional<Account> still(Account verified) {
        return lock.lock(verified.id())
                .filter(Account::usable)
                .filter(account -> account.passphraseHash() != null)
                .filter(account -> Objects.equals(account.passphraseHash(), verified.passphraseHash()));
    }
}
