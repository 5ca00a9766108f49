package dev.latchkey.membership;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.session.Sessions;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one transaction of each: what the passphrase proved is asked again under the account's lock. */
@Singleton
class MembershipWriter {
    private final AccountLock lock;
    private final Accounts accounts;
    private final Sessions sessions;
    private final LinkClaims links;

    MembershipWriter(AccountLock lock, Accounts accounts, Sessions sessions, LinkClaims links) {
        this.lock = lock;
        this.accounts = accounts;
        this.sessions = sessions;
        this.links = links;
    }

    @Transactional
    boolean change(Account verified, String hash, @Nullable UUID keptToken) {
        if (!isStill(verified)) {
            return false;
        }
        accounts.updatePassphraseHash(verified.id(), hash);
        if (keptToken == null) {
            sessions.endAll(verified.id());
        } else {
            sessions.endOthers(verified.id(), keptToken);
        }
        return true;
    }

    /** The database takes along whatever refers to the account; the stories of its links stay, and end, but name nobody. */
    @Transactional
    boolean delete(Account verified) {
        if (!isStill(verified)) {
            return false;
        }
        links.forget(verified.id());
        accounts.remove(verified.id());
        return true;
    }

    private boolean isStill(Account verified) {
        return lock.lock(verified.id())
                .filter(Account::usable)
                .filter(account -> Objects.equals(account.passphraseHash(), verified.passphraseHash()))
                .isPresent();
    }
}
