package dev.latchkey.devinbox;

import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.magiclink.LinkStatusService.LinkStatus;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** What became of the request that a mail answers. */
@Singleton
@OnlyInDev
final class MailOrigins {
    private final LinkStatusService requests;

    MailOrigins(LinkStatusService requests) {
        this.requests = requests;
    }

    /** Empty for a mail that answers none, and for one whose request is forgotten. */
    Optional<LinkStatus> of(InboxMessage mail) {
        String id = mail.requestId();
        return id == null
                ? Optional.empty()
                : parse(id).flatMap(request -> requests.statusOf(request, UnknownUser.REPORT));
    }

    /** Whoever sends mails to the dev inbox may write anything on them. */
    private static Optional<UUID> parse(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
