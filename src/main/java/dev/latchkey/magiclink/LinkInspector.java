package dev.latchkey.magiclink;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.LinkSettings;
import dev.latchkey.trace.Traces;
import io.micronaut.transaction.annotation.ReadOnly;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Looks at tokens. Any number of looks changes nothing that is stored. Whatever was issued to an account that is blocked
 * is unknown: it opens nothing, explains nothing and can be asked for again by nobody.
 */
@Singleton
public class LinkInspector {
    private final LinkTokens tokens;
    private final MagicLinks links;
    private final LinkRequests requests;
    private final Accounts accounts;
    private final RanOutLinks ranOut;
    private final LinkSettings settings;
    private final LinkMetrics metrics;
    private final Traces traces;
    private final Clock clock;

    LinkInspector(
            LinkTokens tokens,
            MagicLinks links,
            LinkRequests requests,
            Accounts accounts,
            RanOutLinks ranOut,
            LinkSettings settings,
            LinkMetrics metrics,
            Traces traces,
            Clock clock) {
        this.tokens = tokens;
        this.links = links;
        this.requests = requests;
        this.accounts = accounts;
        this.ranOut = ranOut;
        this.settings = settings;
        this.metrics = metrics;
        this.traces = traces;
        this.clock = clock;
    }

    /** Tells what a token opens, or why it opens nothing. */
    @ReadOnly
    public Inspection inspect(String token, LinkPurpose purpose) {
        Inspection inspection =
                tokens.linkIdOf(token, purpose).map(this::inspectIssued).orElseGet(() -> Inspection.Refused.unknown());
        if (inspection instanceof Inspection.Refused refused) {
            metrics.refused(refused.reason());
        }
        return inspection;
    }

    /** Which request a token came from, whatever became of it. */
    public Optional<UUID> requestOf(String token, LinkPurpose purpose) {
        return historyOf(token, purpose).map(LinkRequest::id);
    }

    /** For whose account a token was issued, whatever became of it. */
    public Optional<UUID> ownerOf(String token, LinkPurpose purpose) {
        return historyOf(token, purpose).map(LinkRequest::accountId);
    }

    private Optional<LinkRequest> historyOf(String token, LinkPurpose purpose) {
        return tokens.linkIdOf(token, purpose).flatMap(requests::findByLinkId);
    }

    /** The public half of a request's token, whatever became of it; empty when it was asked for something else. */
    public Optional<String> linkOf(UUID requestId, LinkPurpose purpose) {
        return requests.findById(requestId)
                .filter(request -> request.purpose() == purpose)
                .map(LinkRequest::linkId);
    }

    /** Whether a token is a decoy that looks as if it opened something. */
    public boolean isDecoy(String token, LinkPurpose purpose) {
        return tokens.linkIdOf(token, purpose)
                .flatMap(links::findById)
                .filter(link -> link.accountId() == null && link.openAt(clock.instant()))
                .isPresent();
    }

    private Inspection inspectIssued(String linkId) {
        LinkRequests.Issued issued = requests.findIssued(linkId).orElse(null);
        if (issued == null) {
            // Cleaned up long ago; the signature proves that it was ours.
            return new Inspection.Refused(Inspection.Reason.EXPIRED, null, false, List.of(), null);
        }
        traces.follows(issued.id());
        UUID owner = issued.accountId();
        if (owner == null) {
            // A decoy, or of an account that is gone.
            return explain(issued);
        }
        Optional<Account> account = accounts.findById(owner).filter(Account::usable);
        if (account.isEmpty()) {
            return Inspection.Refused.unknown();
        }
        return issued.linkEnd()
                .filter(end -> !ranOut.contain(linkId, end))
                .<Inspection>map(end -> new Inspection.Open(
                        linkId,
                        issued.id(),
                        account.get(),
                        issued.provenance(),
                        issued.longestUntil() == null ? ifItArrivedNow(end) : end,
                        issued.longestUntil(),
                        issued.isUntouched()))
                .orElseGet(() -> explain(issued));
    }

    private Instant ifItArrivedNow(Instant unsentUntil) {
        Instant end = clock.instant().plus(settings.linkLifetime());
        return end.isBefore(unsentUntil) ? end : unsentUntil;
    }

    private static Inspection explain(LinkRequests.Issued issued) {
        return switch (issued.state()) {
            case SAVED, UNDONE -> refused(Inspection.Reason.USED, issued, issued.endedAt());
            case REVOKED -> refused(Inspection.Reason.REVOKED, issued, issued.endedAt());
            default -> refused(Inspection.Reason.EXPIRED, issued, issued.expiresAt());
        };
    }

    private static Inspection refused(Inspection.Reason reason, LinkRequests.Issued issued, @Nullable Instant since) {
        return new Inspection.Refused(reason, since, true, LinkRequest.fields(issued.changed()), issued.accountId());
    }
}
