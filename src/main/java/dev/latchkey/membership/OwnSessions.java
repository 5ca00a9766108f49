package dev.latchkey.membership;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.Origin;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.magiclink.OpenLinks;
import dev.latchkey.magiclink.OpenLinks.OpenLink;
import dev.latchkey.session.SessionKind;
import dev.latchkey.session.Sessions;
import dev.latchkey.session.Sessions.Session;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where somebody is signed in and what else opens their account; they end what they like, and are told that it ended. */
@Singleton
public class OwnSessions {
    private final Sessions sessions;
    private final OpenLinks openLinks;
    private final LinkClaims claims;
    private final AccountLock lock;
    private final ChangeLog changes;
    private final Clock clock;

    OwnSessions(
            Sessions sessions,
            OpenLinks openLinks,
            LinkClaims claims,
            AccountLock lock,
            ChangeLog changes,
            Clock clock) {
        this.sessions = sessions;
        this.openLinks = openLinks;
        this.claims = claims;
        this.lock = lock;
        this.changes = changes;
        this.clock = clock;
    }

    /** All sessions that are still good, the one that asks first, then those that were used last. */
    public List<Session> of(UUID accountId, String asking) {
        return sessions.findByAccountId(accountId).stream()
                .filter(session -> session.openAt(clock.instant()))
                .sorted(Comparator.comparing((Session session) -> !session.id().equals(asking))
                        .thenComparing(Session::lastUsedAt, Comparator.reverseOrder())
                        .thenComparing(Session::id))
                .toList();
    }

    /** All links that still open something, the newest first. */
    public List<OpenLink> linksOf(UUID accountId) {
        return openLinks.of(accountId);
    }

    /**
     * Ends one session.
     *
     * @return false when the account has none with this id
     */
    @Transactional
    public boolean end(UUID accountId, String id, Origin origin) {
        Optional<Account> account = lock.lock(accountId).filter(Account::usable);
        Optional<Session> ended = account.flatMap(owner -> sessions.findById(id))
                .filter(session -> session.accountId().equals(accountId))
                .filter(session -> session.openAt(clock.instant()))
                .filter(session -> sessions.remove(id) == 1);
        ended.ifPresent(session -> record(account.orElseThrow(), List.of(session), List.of(), about(session, origin)));
        return ended.isPresent();
    }

    /**
     * Ends one link.
     *
     * @param requestId of the request that it came from
     * @return false when the account has none open of this request
     */
    @Transactional
    public boolean endLink(UUID accountId, UUID requestId, Origin origin) {
        Optional<Account> account = lock.lock(accountId).filter(Account::usable);
        Optional<OpenLink> ended = account.flatMap(owner -> openLinks.end(accountId, requestId));
        ended.ifPresent(link -> record(account.orElseThrow(), List.of(), List.of(link), origin));
        return ended.isPresent();
    }

    /**
     * Ends everything but the session that asks.
     *
     * @return how much it was
     */
    @Transactional
    public int endOthers(UUID accountId, String kept, Origin origin) {
        Optional<Account> account = lock.lock(accountId).filter(Account::usable);
        if (account.isEmpty() || sessions.findById(kept).isEmpty()) {
            return 0;
        }
        List<Session> others = of(accountId, kept).stream()
                .filter(session -> !session.id().equals(kept))
                .toList();
        List<OpenLink> links = openLinks.of(accountId);
        sessions.endOthers(accountId, kept);
        claims.revokeAll(accountId);
        if (!others.isEmpty() || !links.isEmpty()) {
            record(account.get(), others, links, origin);
        }
        return others.size() + links.size();
    }

    /**
     * Ends whatever opens an account, as part of the caller's transaction, in which it is locked.
     *
     * @return what it was, by the keys and in the words that {@link ChangeLog} tells it with; empty where nothing was open
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<String, String> endAll(UUID accountId) {
        Map<String, String> ended = named(of(accountId, ""), openLinks.of(accountId));
        sessions.endAll(accountId);
        claims.revokeAll(accountId);
        return ended;
    }

    /** Assistants are told apart from where their owner was signed in. */
    private static Map<String, String> named(List<Session> sessions, List<OpenLink> links) {
        return Stream.concat(
                        sessions.stream().map(session -> Map.entry(key(session), name(session))),
                        links.stream().map(link -> Map.entry(ChangeLog.SESSIONS, link.matchPhrase())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.joining(", "))));
    }

    private void record(Account account, List<Session> sessions, List<OpenLink> links, Origin origin) {
        Map<String, String> ended = named(sessions, links);
        Map<String, String> none = new HashMap<>(ended);
        none.replaceAll((key, names) -> "");
        changes.record(account.id(), account.told(), origin, ended, none);
    }

    private static String key(Session session) {
        return session.kind() == SessionKind.GRANT ? ChangeLog.GRANTS : ChangeLog.SESSIONS;
    }

    /** Which assistant it is that loses its access is told in the history, too. */
    private static Origin about(Session session, Origin origin) {
        return session.kind() == SessionKind.GRANT
                ? new Origin(origin.door(), origin.requestId(), session.client())
                : origin;
    }

    /** By which the owner may recognise it in a notice. */
    private static String name(Session session) {
        return session.client().isEmpty()
                ? session.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                : session.client();
    }
}
