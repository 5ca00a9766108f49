package dev.latchkey.magiclink;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Tells how far requests have come, and notes that somebody looked. */
@Singleton
public class LinkStatusService {
    private final LinkRequests requests;
    private final Clock clock;

    LinkStatusService(LinkRequests requests, Clock clock) {
        this.requests = requests;
        this.clock = clock;
    }

    /** The state of a request; empty when there is none with this id. */
    public Optional<LinkStatus> statusOf(UUID requestId) {
        return requests.findById(requestId)
                .map(request -> new LinkStatus(
                        request.id(),
                        request.purpose(),
                        request.stateAt(clock.instant()),
                        request.matchPhrase(),
                        request.changedFields()));
    }

    /** Notes that what the link opens was looked at; doing it again changes nothing. */
    public void noteOpened(UUID requestId) {
        boolean fresh = requests.findById(requestId)
                .filter(request -> request.state() == LinkState.QUEUED || request.state() == LinkState.SENT)
                .isPresent();
        if (fresh) {
            requests.markOpened(requestId);
        }
    }
}
