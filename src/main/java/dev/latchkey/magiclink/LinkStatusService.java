package dev.latchkey.magiclink;

import dev.latchkey.account.Accounts;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.config.LinkSettings;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.exceptions.TransactionException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how far requests have come, and notes that somebody looked. */
@Singleton
public class LinkStatusService {
    private static final Logger LOG = LoggerFactory.getLogger(LinkStatusService.class);

    private final LinkRequests requests;
    private final Accounts accounts;
    private final RanOutLinks ranOut;
    private final LinkSettings settings;
    private final Clock clock;

    LinkStatusService(
            LinkRequests requests, Accounts accounts, RanOutLinks ranOut, LinkSettings settings, Clock clock) {
        this.requests = requests;
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
                                : stateOf(request, now),
                        request.matchPhrase(),
                        request.changedFields()));
    }

    /** A block ends what is open; concealed, that looks like a mail that was sent, and so need not be asked for. */
    private LinkState stateOf(LinkRequest request, Instant now) {
        LinkState state = request.stateAt(now);
        return state.isOpen() && isBlocked(request) ? LinkState.REVOKED : state;
    }

    private boolean isBlocked(LinkRequest request) {
        return Optional.ofNullable(request.accountId())
                .flatMap(accounts::findById)
                .filter(account -> !account.usable())
                .isPresent();
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
        try {
            requests.markOpened(link.requestId());
        } catch (DataAccessException e) {
            // Looking needs no writing: a full disk must not hide the profile. The next look notes it.
            LOG.warn("That request {} was looked at cannot be noted", link.requestId(), e);
        }
    }

    /** Notes at once that links were seen to have run out, before anybody is told so. */
    public void noteRanOut() {
        try {
            ranOut.write();
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("That a link ran out cannot be noted", e);
        }
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
}
