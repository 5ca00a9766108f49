package dev.latchkey.magiclink;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** What a Save does to its link, without the rest. */
@Singleton
class UsedLink {
    private final LinkClaims claims;

    UsedLink(LinkClaims claims) {
        this.claims = claims;
    }

    /** False when it could not be used any more. */
    @Transactional
    boolean use(Inspection.Open link) {
        boolean ours = claims.claim(link);
        if (ours) {
            claims.finish(link, LinkPurpose.EDIT_PROFILE, List.of("bio"), Instant.now());
        }
        return ours;
    }
}
