package dev.latchkey.oauth;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.Door;
import dev.latchkey.history.Origin;
import dev.latchkey.limit.Budget;
import dev.latchkey.limit.RateLimits;
import dev.latchkey.oauth.GrantTokens.Kind;
import dev.latchkey.oauth.GrantTokens.Token;
import dev.latchkey.session.PageSession;
import dev.latchkey.session.SessionKind;
import dev.latchkey.session.SessionUse;
import dev.latchkey.session.Sessions;
import dev.latchkey.session.Sessions.Session;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What people allow assistants, and what those get for it (OAuth 2.1): a code, once and for a minute; for it an access
 * token of an hour; and where the owner allowed to go on without them a refresh token, which is another each time. Whatever
 * is exchanged a second time was stolen from somebody, so it ends the whole grant (RFC 9700, sections 4.2.4 and 4.14.2).
 */
@Singleton
public class Grants {
    static final Duration CODE_LIFETIME = Duration.ofMinutes(1);
    static final Duration ACCESS_LIFETIME = Duration.ofHours(1);
    /** After so long without use a grant ends that could go on without its owner. */
    public static final Duration IDLE = Duration.ofDays(90);

    static final int EXCHANGES_PER_HOUR = 60;

    private final GrantRows rows;
    private final GrantTokens tokens;
    private final Sessions sessions;
    private final SessionUse use;
    private final Accounts accounts;
    private final AccountLock lock;
    private final ChangeLog changes;
    private final RateLimits limits;
    private final Clock clock;

    Grants(
            GrantRows rows,
            GrantTokens tokens,
            Sessions sessions,
            SessionUse use,
            Accounts accounts,
            AccountLock lock,
            ChangeLog changes,
            RateLimits limits,
            Clock clock) {
        this.rows = rows;
        this.tokens = tokens;
        this.sessions = sessions;
        this.use = use;
        this.accounts = accounts;
        this.lock = lock;
        this.changes = changes;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Lets a client in, and tells the owner.
     *
     * @param session in which the owner allowed it
     * @return the code for the client; empty when the session was ended or the account went away meanwhile
     */
    @Transactional
    public Optional<String> allow(PageSession session, Consent consent) {
        return lock.lock(session.accountId())
                .filter(Account::usable)
                .filter(account -> sessions.existsById(session.id()))
                .map(account -> allow(account, session, consent));
    }

    private String allow(Account account, PageSession session, Consent consent) {
        Instant now = clock.instant();
        String id = tokens.newGrantId();
        sessions.save(Session.opened(
                id, account.id(), SessionKind.GRANT, now, CODE_LIFETIME, session.proof(), consent.client()));
        rows.save(new GrantRows.Row(
                id,
                consent.clientId(),
                consent.clientHost(),
                consent.clientName(),
                GrantScope.text(consent.scopes()),
                consent.redirectUri(),
                consent.codeChallenge(),
                0));
        changes.record(
                account.id(),
                account.told(),
                new Origin(Door.ACCOUNT_PAGE, null, consent.client()),
                Map.of(ChangeLog.GRANTS, ""),
                Map.of(ChangeLog.GRANTS, consent.client(), ChangeLog.SCOPES, GrantScope.text(consent.scopes())));
        return tokens.mint(new Token(Kind.CODE, id, 0, now.plus(CODE_LIFETIME), consent.scopes()));
    }

    /**
     * Exchanges a code.
     *
     * @param redirectUri to which the client says it was sent; absent as OAuth 2.1 has it
     * @param verifier of PKCE
     */
    @Transactional
    public Redemption redeem(String code, String clientId, @Nullable String redirectUri, String verifier) {
        return exchange(
                code,
                Kind.CODE,
                clientId,
                row -> (redirectUri == null || redirectUri.equals(row.redirectUri())) && proves(verifier, row),
                null);
    }

    /**
     * Exchanges a refresh token.
     *
     * @param narrowed what the new access token is to be for; absent for all that the owner allowed
     */
    @Transactional
    public Redemption refresh(String refreshToken, String clientId, @Nullable Set<GrantScope> narrowed) {
        return exchange(refreshToken, Kind.REFRESH, clientId, row -> true, narrowed);
    }

    private Redemption exchange(
            String text,
            Kind kind,
            String clientId,
            Predicate<GrantRows.Row> belongs,
            @Nullable Set<GrantScope> narrowed) {
        Optional<Token> read = tokens.read(text).filter(token -> token.kind() == kind);
        Optional<Session> session =
                read.flatMap(token -> sessions.findById(token.grantId())).filter(this::isOpen);
        Optional<Account> owner =
                session.flatMap(found -> lock.lock(found.accountId())).filter(Account::usable);
        Optional<GrantRows.Row> found =
                owner.flatMap(account -> rows.findById(read.orElseThrow().grantId()));
        if (found.isEmpty()) {
            return new Redemption.Refused();
        }
        Token token = read.orElseThrow();
        GrantRows.Row row = found.get();
        if (token.generation() != row.generation()) {
            end(owner.orElseThrow(), session.orElseThrow());
            return new Redemption.Refused();
        }
        if (!row.clientId().equals(clientId) || !token.end().isAfter(clock.instant()) || !belongs.test(row)) {
            return new Redemption.Refused();
        }
        Set<GrantScope> allowed = GrantScope.parse(row.scope());
        if (narrowed != null && (narrowed.isEmpty() || !allowed.containsAll(narrowed))) {
            return new Redemption.ScopeRefused();
        }
        Optional<Duration> wait = limits.take(Budget.perHour("grant", row.id(), EXCHANGES_PER_HOUR));
        if (wait.isPresent()) {
            return new Redemption.LimitReached(wait.get());
        }
        return rows.exchange(row.id(), row.generation()) == 1
                ? issue(row, allowed, narrowed == null ? allowed : narrowed)
                : new Redemption.Refused();
    }

    private Redemption issue(GrantRows.Row row, Set<GrantScope> allowed, Set<GrantScope> scopes) {
        Instant now = clock.instant();
        int generation = row.generation() + 1;
        boolean goesOn = allowed.contains(GrantScope.OFFLINE);
        Instant end = now.plus(goesOn ? IDLE : ACCESS_LIFETIME);
        sessions.renew(row.id(), now, end);
        String access = tokens.mint(new Token(Kind.ACCESS, row.id(), generation, now.plus(ACCESS_LIFETIME), scopes));
        String refresh = goesOn ? tokens.mint(new Token(Kind.REFRESH, row.id(), generation, end, allowed)) : null;
        return new Redemption.Tokens(access, refresh, scopes, ACCESS_LIFETIME);
    }

    private static boolean proves(String verifier, GrantRows.Row row) {
        String challenge;
        try {
            challenge = CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier))
                    .getValue();
        } catch (IllegalArgumentException e) {
            return false;
        }
        return MessageDigest.isEqual(
                challenge.getBytes(StandardCharsets.UTF_8), row.codeChallenge().getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the grant that a token of a client belongs to (RFC 7009); what is none of its tokens is no error. */
    @Transactional
    public void revoke(String text, String clientId) {
        Optional<Session> session = tokens.read(text)
                .filter(token -> token.kind() != Kind.CODE)
                .flatMap(token -> rows.findById(token.grantId()))
                .filter(row -> row.clientId().equals(clientId))
                .flatMap(row -> sessions.findById(row.id()));
        session.flatMap(found -> lock.lock(found.accountId()))
                .ifPresent(account -> end(account, session.orElseThrow()));
    }

    private void end(Account account, Session session) {
        if (sessions.remove(session.id()) == 1) {
            changes.record(
                    account.id(),
                    account.told(),
                    new Origin(Door.GRANT, null, session.client()),
                    Map.of(ChangeLog.GRANTS, session.client()),
                    Map.of(ChangeLog.GRANTS, ""));
        }
    }

    /** What an access token opens; empty when it is none, too old, or its grant or account is gone or blocked. */
    public Optional<Grant> find(String accessToken) {
        Optional<Token> token = tokens.read(accessToken)
                .filter(read -> read.kind() == Kind.ACCESS)
                .filter(read -> read.end().isAfter(clock.instant()));
        return token.flatMap(read -> sessions.findById(read.grantId()))
                .filter(this::isOpen)
                .flatMap(session -> find(session, token.orElseThrow().scopes()));
    }

    private Optional<Grant> find(Session session, Set<GrantScope> scopes) {
        Optional<GrantRows.Row> row = rows.findById(session.id());
        Optional<Account> account =
                row.flatMap(found -> accounts.findById(session.accountId())).filter(Account::usable);
        account.ifPresent(owner -> use.note(session));
        return account.map(
                owner -> new Grant(session.id(), owner, row.orElseThrow().clientId(), session.client(), scopes));
    }

    private boolean isOpen(Session session) {
        return session.kind() == SessionKind.GRANT && session.openAt(clock.instant());
    }
}
