package dev.latchkey.session;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.ServerSecret;
import dev.latchkey.config.SessionSettings;
import dev.latchkey.session.Sessions.Session;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens, finds and ends the sessions of the account's pages. They end some time after they were last used, to the
 * minute, and half a day after they were opened at the latest.
 */
@Singleton
public class PageSessions {
    private static final Logger LOG = LoggerFactory.getLogger(PageSessions.class);

    static final Duration LONGEST = Duration.ofHours(12);

    private static final String USE = "page:";
    /** A cookie of ours has 43 characters; what is far longer need not be digested. */
    private static final int LONGEST_COOKIE = 100;

    private static final int RANDOM_BYTES = 32;

    private final Sessions sessions;
    private final SessionUse use;
    private final Accounts accounts;
    private final AccountLock lock;
    private final ProvenAccounts proven;
    private final KeyedDigest digests;
    private final KeyedDigest forms;
    private final SecureRandom random;
    private final Duration idle;
    private final Clock clock;

    PageSessions(
            Sessions sessions,
            SessionUse use,
            Accounts accounts,
            AccountLock lock,
            ProvenAccounts proven,
            ServerSecret secret,
            SecureRandom random,
            SessionSettings settings,
            Clock clock) {
        this.sessions = sessions;
        this.use = use;
        this.accounts = accounts;
        this.lock = lock;
        this.proven = proven;
        this.digests = secret.mac("session-digest");
        this.forms = secret.tokenMac("page-form");
        this.random = random;
        this.idle = settings.sessionIdle();
        this.clock = clock;
    }

    /**
     * For somebody whose passphrase was just verified.
     *
     * @param client as {@link ClientName} has it
     * @return the value of the cookie; empty when the passphrase was changed or the account went away meanwhile
     */
    @Transactional
    public Optional<String> openByPassphrase(Account verified, String client) {
        return proven.still(verified).map(account -> open(account.id(), SessionProof.PASSPHRASE, client));
    }

    /**
     * For somebody who just used a link that was mailed to the account; part of the caller's transaction where there is
     * one.
     *
     * @return the value of the cookie; empty when the account went away or was blocked meanwhile
     */
    @Transactional
    public Optional<String> openByLink(UUID accountId, String client) {
        return lock.lock(accountId)
                .filter(Account::usable)
                .map(account -> open(account.id(), SessionProof.LINK, client));
    }

    private String open(UUID accountId, SessionProof proof, String client) {
        byte[] secret = new byte[RANDOM_BYTES];
        random.nextBytes(secret);
        String cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        LOG.info("Account {} is signed in on the pages, by {}", accountId, proof);
        sessions.save(Session.opened(
                idOf(cookie), accountId, SessionKind.PAGE, clock.instant(), atMost(idle, LONGEST), proof, client));
        return cookie;
    }

    /** Who a cookie signs in; empty when it is unknown or too old, or the account may not be used. */
    public Optional<PageSession> find(@Nullable String cookie) {
        if (cookie == null || cookie.length() > LONGEST_COOKIE) {
            return Optional.empty();
        }
        Optional<Session> found = sessions.findById(idOf(cookie)).filter(session -> session.openAt(clock.instant()));
        return found.flatMap(session ->
                accounts.findById(session.accountId()).filter(Account::usable).map(account -> used(session, account)));
    }

    private PageSession used(Session session, Account account) {
        use.note(session, atMost(SessionUse.STEP, idle.dividedBy(2)), this::endOf);
        SessionProof proof = session.proof();
        return new PageSession(
                session.id(),
                account,
                session.createdAt(),
                proof == null ? SessionProof.PASSPHRASE : proof,
                forms.of(session.id()));
    }

    private Instant endOf(Session session, Instant usedAt) {
        Instant last = session.createdAt().plus(LONGEST);
        Instant end = usedAt.plus(idle);
        return end.isBefore(last) ? end : last;
    }

    private static Duration atMost(Duration wanted, Duration most) {
        return wanted.compareTo(most) < 0 ? wanted : most;
    }

    /** Whether a form came from a page of this session; takes the same time for every wrong value. */
    public boolean isOwnForm(PageSession session, @Nullable String csrf) {
        byte[] given = (csrf == null ? "" : csrf).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(session.csrf().getBytes(StandardCharsets.UTF_8), given);
    }

    /** Ends a session; ending it again is no error. */
    public void close(@Nullable String cookie) {
        if (cookie != null && cookie.length() <= LONGEST_COOKIE) {
            sessions.remove(idOf(cookie));
        }
    }

    private String idOf(String cookie) {
        return digests.of(USE + cookie);
    }
}
