package dev.latchkey.session;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.database.BestEffort;
import dev.latchkey.limit.CallerAddress;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a passphrase. Costs the same whether or not the address has an account: the same statements, one computation
 * of Argon2id (OWASP Authentication Cheat Sheet, "Authentication and Error Messages").
 */
@Singleton
public class SignInService {
    private static final Logger LOG = LoggerFactory.getLogger(SignInService.class);

    private final Accounts accounts;
    private final Passphrases passphrases;
    private final SignInThrottle throttle;

    SignInService(Accounts accounts, Passphrases passphrases, SignInThrottle throttle) {
        this.accounts = accounts;
        this.passphrases = passphrases;
        this.throttle = throttle;
    }

    /**
     * Tries to sign in.
     *
     * @param email as it was typed
     * @param caller where the attempt comes from; only a hint for the throttle and the queue
     */
    public SignInOutcome check(String email, String passphrase, CallerAddress caller) {
        Optional<EmailAddress> address = EmailAddress.parse(email);
        String named = address.map(EmailAddress::value).orElse(email);
        return check(named, () -> address.flatMap(accounts::findByEmail), passphrase, caller);
    }

    /** The same for somebody who is known already, whatever has become of the address meanwhile. */
    public SignInOutcome check(Account account, String passphrase, CallerAddress caller) {
        return check(account.email().value(), () -> Optional.of(account), passphrase, caller);
    }

    private SignInOutcome check(
            String named, Supplier<Optional<Account>> who, String passphrase, CallerAddress caller) {
        SignInThrottle.Admission admission = throttle.admit(named, caller);
        if (admission.pause().isPositive()) {
            LOG.info("A passphrase was not looked at: too many were wrong");
            return new SignInOutcome.SlowedDown(admission.pause());
        }
        Optional<Account> account = who.get();
        String stored = account.map(Account::passphraseHash).orElse(null);
        boolean matches;
        try {
            matches = passphrases.matchesOrPretend(passphrase, stored, caller.value());
        } catch (RuntimeException e) {
            throttle.undo(admission);
            throw e;
        }
        if (!matches || account.filter(Account::usable).isEmpty()) {
            LOG.info(
                    "A passphrase was {} for {}",
                    matches ? "of no use" : "wrong",
                    account.map(one -> "account " + one.id()).orElse("nobody"));
            return new SignInOutcome.Refused();
        }
        throttle.succeeded(admission);
        LOG.info("A passphrase was right for account {}", account.get().id());
        return new SignInOutcome.Matched(upToDate(account.get(), passphrase, caller));
    }

    /**
     * Notes that the owner of an address proved the mailbox from here: while others guess at it, this caller does not
     * wait for them. Never fails; it is only a help.
     */
    public void noteProof(EmailAddress owner, CallerAddress caller) {
        BestEffort.tried(
                LOG,
                "That a mailbox was proved cannot be noted for signing in",
                () -> throttle.proved(owner.value(), caller));
    }

    /** Forgets who tried to sign in at an address, inside the transaction in which it stops being an account's. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void forget(EmailAddress address) {
        throttle.forget(address.value());
    }

    /** Hashes anew what was hashed with less than today's parameters; only now is the passphrase at hand. */
    private Account upToDate(Account account, String passphrase, CallerAddress caller) {
        String old = account.passphraseHash();
        if (old == null || !passphrases.isOutdated(old)) {
            return account;
        }
        String stronger = passphrases.hash(passphrase, caller.value());
        return accounts.replacePassphraseHash(account.id(), old, stronger) == 1
                ? account.withPassphraseHash(stronger)
                : account;
    }
}
