package dev.latchkey.magiclink;

import dev.latchkey.account.Accounts;
import dev.latchkey.config.LinkSettings;
import io.micronaut.transaction.annotation.ReadOnly;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at tokens. Pure: any number of looks changes nothing. Whatever was issued to an account that is blocked is
 * unknown: it opens nothing, explains nothing and can be asked for again by nobody.
 */
@Singleton
public class LinkInspector {
    private final LinkTokens tokens;
    private final MagicLinks links;
    private final LinkRequests requests;
    private final Accounts accounts;
    private final LinkSettings settings;
    private final LinkMetrics metrics;
    private final Clock clock;

    LinkInspector(
            LinkTokens tokens,
            MagicLinks links,
            LinkRequests requests,
            Accounts accounts,
            LinkSettings settings,
            LinkMetrics metrics,
            Clock clock) {
        this.tokens = tokens;
        this.links = links;
        this.requests = requests;
        this.accounts = accounts;
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

    private Inspection inspectIssued(String linkId) {
        Instant now = clock.instant();
        Optional<LinkRequest> story = requests.findByLinkId(linkId);
        if (isBlocked(story)) {
            return Inspection.Refused.unknown();
        }
        return story.flatMap(request -> links.findById(linkId)
                        .filter(link -> link.openAt(now))
                        .<Inspection>map(link -> new Inspection.Open(
                                linkId,
                                link.requestId(),
                                link.accountId(),
                                request.matchPhrase(),
                                endOf(link, now),
                                request.isUntouched())))
                .orElseGet(() -> story.map(LinkInspector::explain)
                        // Its story was cleaned up long ago; the signature proves that it was ours.
                        .orElseGet(() -> new Inspection.Refused(LinkRefusal.EXPIRED, null, false, List.of(), null)));
    }

    private boolean isBlocked(Optional<LinkRequest> story) {
        return story.map(LinkRequest::accountId)
                .flatMap(accounts::findById)
                .filter(account -> !account.usable())
                .isPresent();
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
            case SAVED -> refused(LinkRefusal.USED, request, request.endedAt());
            case REVOKED -> refused(LinkRefusal.REVOKED, request, request.endedAt());
            default -> refused(LinkRefusal.EXPIRED, request, request.expiresAt());
        };
    }

    private static Inspection refused(LinkRefusal reason, LinkRequest request, @Nullable Instant since) {
        return new Inspection.Refused(reason, since, true, request.changedFields(), request.accountId());
    }
}
