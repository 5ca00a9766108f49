package dev.latchkey.magiclink;

import dev.latchkey.database.StoredAsText;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The links of an account that still open something, for its owner to look through and to end. */
@Singleton
public class OpenLinks {
    private final LinkRequests requests;
    private final MagicLinks links;
    private final Clock clock;

    OpenLinks(LinkRequests requests, MagicLinks links, Clock clock) {
        this.requests = requests;
        this.links = links;
        this.clock = clock;
    }

    /** All of them, the newest first. */
    public List<OpenLink> of(UUID accountId) {
        return requests.findOpen(accountId, clock.instant());
    }

    /** Withdraws one; empty when the account has none open of this request. The account is locked by then. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<OpenLink> end(UUID accountId, UUID requestId) {
        Optional<OpenLink> open = of(accountId).stream()
                .filter(link -> link.id().equals(requestId))
                .findFirst()
                .filter(link -> requests.markRevoked(requestId, accountId, clock.instant()) == 1);
        open.ifPresent(link -> links.deleteByRequestId(requestId));
        return open;
    }

    /**
     * A link, without anything that opens it.
     *
     * @param id of the request that it came from
     * @param assistant who asked for it; absent where it was no assistant with a name
     * @param endsAt when it ends by itself
     */
    @Introspected
    public record OpenLink(
            @StoredAsText UUID id,
            LinkPurpose purpose,
            String matchPhrase,
            Caller.Door door,
            @Nullable String assistant,
            @TypeDef(type = DataType.TIMESTAMP) Instant createdAt,
            @TypeDef(type = DataType.TIMESTAMP) Instant endsAt) {}
}
