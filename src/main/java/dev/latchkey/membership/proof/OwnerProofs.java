package dev.latchkey.membership.proof;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.session.PageSession;
import dev.latchkey.session.Sessions;
import dev.latchkey.session.SignInOutcome;
import dev.latchkey.session.SignInService;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/** Takes the passphrase, or a link that was mailed to the owner and has just signed them in, as proof. */
@Singleton
public class OwnerProofs {
    private final SignInService signIns;
    private final Sessions sessions;
    private final AccountLock lock;
    private final Clock clock;

    OwnerProofs(SignInService signIns, Sessions sessions, AccountLock lock, Clock clock) {
        this.signIns = signIns;
        this.sessions = sessions;
        this.lock = lock;
        this.clock = clock;
    }

    /**
     * Checks the passphrase of somebody who is signed in.
     *
     * @param caller as in {@link SignInService#check}
     */
    public ProofOutcome byPassphrase(Account account, String passphrase, CallerAddress caller) {
        return switch (signIns.check(account, passphrase, caller)) {
            case SignInOutcome.Refused refused -> new ProofOutcome.NotProven();
            case SignInOutcome.SlowedDown slow -> new ProofOutcome.SlowedDown(slow.retryAfter());
            case SignInOutcome.Matched matched -> new ProofOutcome.Proven(matched.account(), null);
        };
    }

    /** Looks whether a mailed link has just opened somebody's session. */
    public ProofOutcome byLink(PageSession session) {
        return session.provenByLink(clock.instant())
                ? new ProofOutcome.Proven(session.account(), session.id())
                : new ProofOutcome.NotProven();
    }

    /**
     * Locks the account, and looks whether the proof still holds: hashing took long, and meanwhile the passphrase may have
     * been changed, or the session ended.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Account> still(ProofOutcome.Proven proven) {
        String session = proven.sessionId();
        return lock.lock(proven.account().id())
                .filter(Account::usable)
                .filter(account -> session == null
                        ? Objects.equals(
                                account.passphraseHash(), proven.account().passphraseHash())
                        : sessions.existsById(session));
    }
}
