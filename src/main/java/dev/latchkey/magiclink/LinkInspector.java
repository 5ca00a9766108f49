package dev.latchkey.magiclink;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.LinkSettings;
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
    private final Clock clock;

    LinkInspector(
            LinkTokens tokens,
            MagicLinks links,
            LinkRequests requests,
            Accounts accounts,
            RanOutLinks ranOut,
            LinkSettings settings,
            LinkMetrics metrics,
            Clock clock) {
        this.tokens = tokens;
        this.links = links;
        this.requests = requests;
        this.accounts = accounts;
        this.ranOut = ranOut;
        this.settings = settings;
        this.metrics = metrics;
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

    /** Whether a token is a decoy that looks as if it opened something. */
    public boolean isDecoy(String token, LinkPurpose purpose) {
        return tokens.linkIdOf(token, purpose)
                .flatMap(links::findById)
                .filter(link -> link.accountId() == null && link.openAt(clock.instant()))
                .isPresent();
    }

    private Inspection inspectIssued(String linkId) {
        // The link before its history: whoever uses a link ends both in one commit, so a history that is read later
        // knows it.
        Optional<MagicLink> link = links.findById(linkId).filter(found -> !ranOut.contain(found));
        Optional<LinkRequest> history = requests.findByLinkId(linkId);
        if (history.isEmpty()) {
            // Cleaned up long ago; the signature proves that it was ours.
            return new Inspection.Refused(Inspection.Reason.EXPIRED, null, false, List.of(), null);
        }
        LinkRequest request = history.get();
        UUID owner = request.accountId();
        if (owner == null) {
            // A decoy, or of an account that is gone.
            return explain(request);
        }
        Optional<Account> account = accounts.findById(owner).filter(Account::usable);
        if (account.isEmpty()) {
            return Inspection.Refused.unknown();
        }
        return link.filter(found -> !request.isOver())
                .<Inspection>map(found -> open(found, request, account.get()))
                .orElseGet(() -> explain(request));
    }

    private Inspection.Open open(MagicLink link, LinkRequest request, Account account) {
        return new Inspection.Open(
                link.id(),
                link.requestId(),
                account,
                request.matchPhrase(),
                endOf(link, clock.instant()),
                request.isUntouched());
    }

    private Instant endOf(MagicLink link, Instant now) {
        Instant end = link.expiresAt();
        if (end != null) {
            return end;
        }
        Instant arrivedNow = now.plus(settings.linkLifetime());
        return arrivedNow.isBefore(link.unsentUntil()) ? arrivedNow : link.unsentUntil();
    }

    private static Inspection explain(LinkRequest request) {
        return switch (request.state()) {
            case SAVED -> refused(Inspection.Reason.USED, request, request.endedAt());
            case REVOKED -> refused(Inspection.Reason.REVOKED, request, request.endedAt());
            default -> refused(Inspection.Reason.EXPIRED, request, request.expiresAt());
        };
    }

    private static Inspection refused(Inspection.Reason reason, LinkRequest request, @Nullable Instant since) {
        return new Inspection.Refused(reason, since, true, request.changedFields(), request.accountId());
    }
}
