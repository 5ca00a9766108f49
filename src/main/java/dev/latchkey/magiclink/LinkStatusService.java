package dev.latchkey.magiclink;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.config.LinkSettings;
import dev.latchkey.database.BestEffort;
import io.micronaut.transaction.annotation.ReadOnly;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how far requests have come, and notes that somebody looked. */
@Singleton
public class LinkStatusService {
    private static final Logger LOG = LoggerFactory.getLogger(LinkStatusService.class);

    private final LinkRequests requests;
    private final LinkRequest.Everybodys everybodys;
    private final Accounts accounts;
    private final RanOutLinks ranOut;
    private final LinkSettings settings;
    private final Clock clock;

    LinkStatusService(
            LinkRequests requests,
            LinkRequest.Everybodys everybodys,
            Accounts accounts,
            RanOutLinks ranOut,
            LinkSettings settings,
            Clock clock) {
        this.requests = requests;
        this.everybodys = everybodys;
        this.accounts = accounts;
        this.ranOut = ranOut;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The state of a request; empty when there is none with this id.
     *
     * @param whenUnknown with {@code CONCEAL}, what only a request of a real account can meet without anybody's doing
     *     (a mailbox that refuses, another link that was used, an account that was blocked) looks like a mail that was
     *     sent
     */
    public Optional<LinkStatus> statusOf(UUID requestId, UnknownUser whenUnknown) {
        Instant now = clock.instant();
        return requests.findById(requestId)
                .map(request -> new LinkStatus(
                        request.id(),
                        request.purpose(),
                        whenUnknown == UnknownUser.CONCEAL
                                ? request.concealedStateAt(now, settings.linkLifetime())
                                : stateOf(request, accountOf(request, now), now),
                        request.matchPhrase(),
                        request.changedFields()));
    }

    /** Whose it is, where that matters for how far it has come. */
    private Optional<Account> accountOf(LinkRequest request, Instant now) {
        return request.stateAt(now).isOver()
                ? Optional.empty()
                : Optional.ofNullable(request.accountId()).flatMap(accounts::findById);
    }

    /**
     * As people may read it who may learn everything. A block ends what is open; concealed, that looks like a mail that was
     * sent, and so need not be asked for.
     */
    private static LinkState stateOf(LinkRequest request, Optional<Account> account, Instant now) {
        LinkState state = request.stateAt(now);
        if (state.isOpen() && account.filter(found -> !found.usable()).isPresent()) {
            return LinkState.REVOKED;
        }
        return account.map(Account::undeliverableSince)
                .filter(since -> request.cameBack(since, now))
                .map(since -> LinkState.UNDELIVERABLE)
                .orElse(state);
    }

    /**
     * The requests of the past month that mailed to an account, newest first.
     *
     * @param at of the request before which they were made, or a moment that is still to come
     * @param id of that request, as two may be of the same moment
     */
    @ReadOnly
    public List<Asked> newestOf(UUID accountId, Instant at, UUID id, int most) {
        Instant now = clock.instant();
        Instant since = now.minus(LinkRequests.KEPT);
        // What a caller names may lie anywhere, and another node's clock may be ahead.
        Instant latest = now.plus(Duration.ofHours(1));
        List<Long> hours = LinkRequest.hours(since, at.isBefore(latest) ? at : latest);
        return hours.isEmpty()
                ? List.of()
                : asked(accountId, requests.newestBefore(accountId, hours, since, at, id, most), now);
    }

    /**
     * The requests of the past month, newest first, whoever asked.
     *
     * @param accountId those that mailed to this account; absent for all
     * @param state where they stand now; absent for all
     * @param before the one with this id; absent for the newest
     */
    @ReadOnly
    public List<Asked> newest(@Nullable UUID accountId, @Nullable LinkState state, @Nullable UUID before, int most) {
        Instant now = clock.instant();
        Set<LinkState> states = state == null ? EnumSet.allOf(LinkState.class) : EnumSet.of(state);
        UUID earlier = before == null ? new UUID(-1, -1) : before;
        List<Long> hours = LinkRequest.hoursUntil(now, LinkRequests.KEPT);
        List<LinkRequest> found = accountId == null
                ? everybodys.newest(earlier, states, now, most)
                : everybodys.newestOf(accountId, hours, earlier, states, now, most);
        return found.stream()
                .map(request -> Asked.of(request, request.stateAt(now)))
                .toList();
    }

    /** Some requests of an account by their ids; what is another's, or gone, is left out. */
    @ReadOnly
    public List<Asked> among(UUID accountId, Collection<UUID> ids) {
        Instant now = clock.instant();
        return ids.isEmpty()
                ? List.of()
                : asked(
                        accountId,
                        requests.findAmong(
                                accountId, ids.stream().map(UUID::toString).toList()),
                        now);
    }

    private List<Asked> asked(UUID accountId, List<LinkRequest> found, Instant now) {
        Optional<Account> account = accounts.findById(accountId);
        return found.stream()
                .map(request -> Asked.of(request, stateOf(request, account, now)))
                .toList();
    }

    /** Where a request came from; empty when there is none with this id. */
    public Optional<Provenance> provenanceOf(UUID requestId) {
        return requests.findById(requestId)
                .map(request -> new Provenance(request.door(), request.assistant(), request.matchPhrase()));
    }

    /** Notes that what the link opens was looked at; doing it again changes nothing. */
    public void noteOpened(Inspection.Open link) {
        if (!link.untouched()) {
            return;
        }
        // Looking needs no writing: a full disk must not hide the profile. The next look notes it.
        BestEffort.tried(LOG, "That a link was looked at cannot be noted", () -> requests.markOpened(link.requestId()));
    }

    /** Notes at once that links were seen to have run out, before anybody is told so. */
    public void noteRanOut() {
        BestEffort.tried(LOG, "That a link ran out cannot be noted", ranOut::write);
    }

    /**
     * How far a request has come, without anything that opens an account or tells what is in it.
     *
     * @param requestId the request
     * @param purpose what its link opens
     * @param state where it stands now
     * @param matchPhrase its two words
     * @param changed names of the fields that were saved
     */
    public record LinkStatus(
            UUID requestId, LinkPurpose purpose, LinkState state, String matchPhrase, List<String> changed) {}

    /**
     * A request as its owner may read of it.
     *
     * @param accountId whose link it was; absent where it was nobody's, or that account is gone
     * @param at when it was asked for
     * @param state where it stands now
     * @param changed names of the fields that were saved
     * @param expiresAt when its link ends or ended; absent until its mail was accepted or given up
     * @param endedAt when it was used, revoked or found undeliverable
     */
    public record Asked(
            UUID id,
            @Nullable UUID accountId,
            Instant at,
            LinkPurpose purpose,
            Provenance provenance,
            LinkState state,
            List<String> changed,
            @Nullable Instant expiresAt,
            @Nullable Instant endedAt) {

        static Asked of(LinkRequest request, LinkState state) {
            return new Asked(
                    request.id(),
                    request.accountId(),
                    request.createdAt(),
                    request.purpose(),
                    new Provenance(request.door(), request.assistant(), request.matchPhrase()),
                    state,
                    request.changedFields(),
                    request.expiresAt(),
                    request.endedAt());
        }
    }
}
