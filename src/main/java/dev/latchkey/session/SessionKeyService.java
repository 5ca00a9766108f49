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
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Opens, finds and ends the sessions of the session-key API. */
@Singleton
public class SessionKeyService {
    private static final String USE = "session-key:";

    private final Sessions sessions;
    private final Accounts accounts;
    private final ProvenAccounts proven;
    private final KeyedDigest digests;
    private final SecureRandom random;
    private final Duration lifetime;
    private final Clock clock;

    SessionKeyService(
            Sessions sessions,
            Accounts accounts,
            ProvenAccounts proven,
            ServerSecret secret,
            SecureRandom random,
            SessionSettings settings,
            Clock clock) {
        this.sessions = sessions;
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
     * @return the key, 128 random bits in the form of a UUID; empty when the passphrase was changed meanwhile
     */
    @Transactional
    public Optional<String> open(Account verified) {
        return proven.still(verified).map(account -> {
            // All bits are random; those that would name a version are too good to give away.
            String key = new UUID(random.nextLong(), random.nextLong()).toString();
            Instant end = clock.instant().plus(lifetime);
            sessions.save(new Sessions.Session(digests.of(USE + key), account.id(), end));
            return key;
        });
    }

    /** The account that a key opens, if it is the one with this address; empty when the key is unknown or too old. */
    public Optional<Account> find(String email, String key) {
        return sessions.findById(digests.of(USE + key))
                .filter(session -> session.expiresAt().isAfter(clock.instant()))
                .flatMap(session -> accounts.findById(session.accountId()))
                .filter(Account::usable)
                .filter(account -> EmailAddress.parse(email)
                        .filter(account.email()::equals)
                        .isPresent());
    }

    /** Ends a session; ending it again is no error. */
    public void close(String key) {
        sessions.remove(digests.of(USE + key));
    }
}
