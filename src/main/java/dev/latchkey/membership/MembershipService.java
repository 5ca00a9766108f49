package dev.latchkey.membership;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.Door;
import dev.latchkey.history.Origin;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.membership.PassphraseChange.PassphraseUse;
import dev.latchkey.membership.leaving.Erasure;
import dev.latchkey.membership.proof.OwnerProofs;
import dev.latchkey.membership.proof.ProofOutcome;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.profile.PassphraseRules;
import dev.latchkey.session.Sessions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the owner of an account does with the passphrase at hand: change it, or leave. */
@Singleton
public final class MembershipService {
    private final OwnerProofs proofs;
    private final PassphraseRules rules;
    private final Passphrases passphrases;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Erasure erasure;
    private final ChangeLog changes;
    private final AccountLock lock;
    private final Commits commits;

    MembershipService(
            OwnerProofs proofs,
            PassphraseRules rules,
            Passphrases passphrases,
            Accounts accounts,
            Sessions sessions,
            Erasure erasure,
            ChangeLog changes,
            AccountLock lock,
            Commits commits) {
        this.proofs = proofs;
        this.rules = rules;
        this.passphrases = passphrases;
        this.accounts = accounts;
        this.sessions = sessions;
        this.erasure = erasure;
        this.changes = changes;
        this.lock = lock;
        this.commits = commits;
    }

    /**
     * Changes the passphrase; all sessions and tokens but one die.
     *
     * @param session that asks and stays; nothing is written once it was ended
     * @param caller as in {@link OwnerProofs#byPassphrase}
     */
    public PassphraseChange change(
            Account account, String current, String fresh, String session, CallerAddress caller) {
        return switch (proofs.byPassphrase(account, current, caller)) {
            case ProofOutcome.NotProven wrong -> new PassphraseChange.WrongPassphrase();
            case ProofOutcome.SlowedDown slow -> new PassphraseChange.SlowedDown(slow.retryAfter());
            case ProofOutcome.Proven proven -> change(proven.account(), fresh, session, caller);
        };
    }

    private PassphraseChange change(Account verified, String fresh, String session, CallerAddress caller) {
        Optional<InvalidField> weak = rules.check(fresh, verified.email());
        if (weak.isPresent()) {
            return new PassphraseChange.Invalid(weak.get());
        }
        String hash = passphrases.hash(fresh, caller.value());
        return used(write(verified, session, hash, locked -> {
            setPassphrase(locked, hash, Door.ACCOUNT_API);
            sessions.endOthers(locked.id(), session);
        }));
    }

    /**
     * Sets another passphrase for somebody whom a session vouches for; every session and token dies.
     *
     * @return whether it was set: not when another one was meanwhile
     */
    public boolean replace(Account account, String fresh) {
        String hash = passphrases.hash(fresh, account.id().toString());
        return write(account, null, hash, locked -> {
            setPassphrase(locked, hash, Door.SESSION_KEY_API);
            sessions.endAll(locked.id());
        });
    }

    private void setPassphrase(Account account, String hash, Door door) {
        accounts.updatePassphraseHash(account.id(), hash);
        changes.recordPassphrase(account.id(), account.told(), Origin.of(door), account.passphraseHash());
    }

    /**
     * Deletes an account with everything that belongs to it.
     *
     * @param session that asks; nothing is deleted once it was ended. Absent where the passphrase alone decides
     */
    public PassphraseUse delete(Account account, String passphrase, @Nullable String session, CallerAddress caller) {
        return switch (proofs.byPassphrase(account, passphrase, caller)) {
            case ProofOutcome.NotProven wrong -> new PassphraseChange.WrongPassphrase();
            case ProofOutcome.SlowedDown slow -> new PassphraseChange.SlowedDown(slow.retryAfter());
            case ProofOutcome.Proven proven -> used(delete(proven.account(), session));
        };
    }

    private boolean delete(Account verified, @Nullable String session) {
        List<String> photos = new ArrayList<>();
        boolean deleted = write(verified, session, null, locked -> photos.addAll(erasure.erase(locked)));
        if (deleted) {
            erasure.finish(photos, Erasure.Cause.OWNER);
        }
        return deleted;
    }

    private static PassphraseUse used(boolean written) {
        return written ? new PassphraseChange.Done() : new PassphraseChange.WrongPassphrase();
    }

    /**
     * What the passphrase proved is asked again under the account's lock: it may have been changed meanwhile, and the
     * session that asks may have been ended. Then nothing is written.
     *
     * @param hashAfter of the passphrase when it is written; absent where the account is gone
     */
    private boolean write(
            Account verified, @Nullable String session, @Nullable String hashAfter, Consumer<Account> work) {
        return commits.write(
                OutcomeUnknown.Doing.CHANGE_ACCOUNT,
                status -> {
                    Optional<Account> still = proofs.still(new ProofOutcome.Proven(verified, null))
                            .filter(account -> sessions.stillAsks(session));
                    still.ifPresent(work);
                    return still.isPresent();
                },
                written -> written
                        && Objects.equals(
                                lock.lock(verified.id())
                                        .map(Account::passphraseHash)
                                        .orElse(null),
                                hashAfter));
    }
}
