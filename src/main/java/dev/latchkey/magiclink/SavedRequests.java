package dev.latchkey.magiclink;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What was saved with a link, for the notice to the owner. */
@Singleton
public final class SavedRequests {
    private final LinkRequests requests;

    SavedRequests(LinkRequests requests) {
        this.requests = requests;
    }

    /** The save that ended a request; empty when it did not end so. */
    public Optional<Saved> find(UUID requestId) {
        return requests.findById(requestId).flatMap(request -> {
            UUID accountId = request.accountId();
            Instant at = request.endedAt();
            return request.state() == LinkState.SAVED && accountId != null && at != null
                    ? Optional.of(new Saved(accountId, request.changedFields(), at))
                    : Optional.empty();
        });
    }

    /**
     * A save.
     *
     * @param accountId whose profile
     * @param changed names of the fields
     * @param at when
     */
    public record Saved(UUID accountId, List<String> changed, Instant at) {}
}
