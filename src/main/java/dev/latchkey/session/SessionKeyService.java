package dev.latchkey.session;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.ServerSecret;
import dev.latchkey.config.SessionSettings;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Opens, finds and ends the sessions of the session-key API. */
@Singleton
public class SessionKeyService {
    private static final String USE = "session-key:";

    private final Sessions sessions;
    private final SessionUse use;
    private final Accounts accounts;
    private final ProvenAccounts proven;
    private final KeyedDigest digests;
    private final SecureRandom random;
    private final Duration lifetime;
    private final Clock clock;

    SessionKeyService(
            Sessions sessions,
            SessionUse use,
            Accounts accounts,
            ProvenAccounts proven,
            ServerSecret secret,
            SecureRandom random,
            SessionSettings settings,
            Clock clock) {
        this.sessions = sessions;
        this.use = use;
        this.accounts = accounts;
        this.proven = proven;
        this.digests = secret.mac("session-digest");
        this.random = random;
        this.lifetime = settings.sessionKeyLifetime();
        this.clock = clock;
    }

    /**
     * Opens a session for somebody whose passphrase was just verified.
     *
     * @param client as {@link ClientName} has it
     * @return the key, 128 random bits in the form of a UUID; empty when the passphrase was changed meanwhile
     */
    @Transactional
    public Optional<String> open(Account verified, String client) {
        return proven.still(verified).map(account -> {
            // All bits are random; those that would name a version are too good to give away.
            String key = new UUID(random.nextLong(), random.nextLong()).toString();
            sessions.save(Sessions.Session.opened(
                    digests.of(USE + key),
                    account.id(),
                    SessionKind.SESSION_KEY,
                    clock.instant(),
                    lifetime,
                    SessionProof.PASSPHRASE,
                    client));
            return key;
        });
    }

    /** The account that a key opens, if it is the one with this address; empty when the key is unknown or too old. */
    public Optional<Account> find(String email, String key) {
        Optional<Sessions.Session> found =
                sessions.findById(digests.of(USE + key)).filter(session -> session.openAt(clock.instant()));
        Optional<Account> account = found.flatMap(session -> accounts.findById(session.accountId()))
                .filter(Account::usable)
                .filter(owner ->
                        EmailAddress.parse(email).filter(owner.email()::equals).isPresent());
        account.ifPresent(owner -> use.note(found.orElseThrow()));
        return account;
    }

    /** Ends a session; ending it again is no error. */
    public void close(String key) {
        sessions.remove(digests.of(USE + key));
    }
}
