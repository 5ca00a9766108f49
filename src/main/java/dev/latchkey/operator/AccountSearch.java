package dev.latchkey.operator;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.membership.OwnSessions;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.Profiles;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.transaction.annotation.ReadOnly;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds accounts for operators. */
@Singleton
public class AccountSearch {
    /** Above every id. */
    private static final UUID LAST = new UUID(-1, -1);
    /** By how much another node's clock may be ahead. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private final Accounts accounts;
    private final Profiles profiles;
    private final OwnSessions sessions;
    private final LinkStatusService requests;
    private final Clock clock;

    AccountSearch(Accounts accounts, Profiles profiles, OwnSessions sessions, LinkStatusService requests, Clock clock) {
        this.accounts = accounts;
        this.profiles = profiles;
        this.sessions = sessions;
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * Finds one account.
     *
     * @param who its id, its whole address or its PIN, as somebody typed it
     */
    @ReadOnly
    public Optional<AccountFacts> find(String who) {
        return byId(who)
                .or(() -> EmailAddress.parse(who).flatMap(accounts::findByEmail))
                .or(() -> byPin(who))
                .map(this::factsOf);
    }

    /** One account by its id. */
    @ReadOnly
    public Optional<AccountFacts> find(UUID id) {
        return accounts.findById(id).map(this::factsOf);
    }

    /**
     * Some accounts: the one with this id, PIN or nickname, and then those whose address begins so, the newest first.
     *
     * @param query in any case; all accounts where it is empty
     * @param after the {@link Found#next} of the answer before; absent for the beginning
     * @param most above 0
     */
    @ReadOnly
    public Found search(String query, @Nullable UUID after, int most) {
        String typed = query.strip().toLowerCase(Locale.ROOT);
        Map<UUID, Account> named = new LinkedHashMap<>();
        Stream.of(byId(typed), byPin(typed), byNickname(typed))
                .flatMap(Optional::stream)
                .forEach(account -> named.put(account.id(), account));
        List<Account> like = accounts.findLike(pattern(typed), after == null ? LAST : after, most + 1);
        boolean more = like.size() > most;
        List<Account> page = more ? like.subList(0, most) : like;
        Stream<Account> exact = after == null ? named.values().stream() : Stream.empty();
        return new Found(
                Stream.concat(exact, page.stream().filter(account -> !named.containsKey(account.id())))
                        .map(this::factsOf)
                        .toList(),
                more ? page.getLast().id() : null);
    }

    /** What operators see of an account. */
    AccountFacts factsOf(Account account) {
        UUID id = account.id();
        return AccountFacts.of(
                account,
                profiles.find(id).orElseGet(() -> Profile.none(id)),
                sessions.of(id, "").size(),
                sessions.linksOf(id).size(),
                requests.newestOf(id, clock.instant().plus(AHEAD), LAST, 1).stream()
                        .map(LinkStatusService.Asked::at)
                        .findFirst()
                        .orElse(null));
    }

    private Optional<Account> byId(String typed) {
        return parsed(typed).flatMap(accounts::findById);
    }

    /** Only as ids are written: the JDK reads shorter ones as well. */
    private static Optional<UUID> parsed(String typed) {
        try {
            return Optional.of(UUID.fromString(typed))
                    .filter(id -> id.toString().equalsIgnoreCase(typed));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Account> byPin(String typed) {
        return Pin.parse(typed).map(Pin::value).flatMap(accounts::findByPin);
    }

    private Optional<Account> byNickname(String typed) {
        return profiles.findByNickname(typed).map(Profile::accountId).flatMap(accounts::findById);
    }

    private static String pattern(String beginning) {
        return beginning.replaceAll("[!%_]", "!$0") + "%";
    }

    /**
     * Some accounts.
     *
     * @param next what the next ones are asked for with; absent at the end
     */
    @Serdeable
    public record Found(
            List<AccountFacts> accounts, @Nullable UUID next) {}
}
