package dev.latchkey.membership.moving;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The wish to move an account to another mailbox.
 *
 * @param linkId the public half of the token that does it
 * @param email where to; perhaps somebody else's
 * @param expiresAt when the link ends; absent until its mail was accepted
 * @param unsentUntil when it ends if that never happens
 * @param endedAt when the account moved, or the wish was taken back
 * @param leftEmail what the account had until then; absent unless it moved
 * @param leftVerifiedAt since when that was proved; absent where it never was
 */
@MappedEntity("email_moves")
public record EmailMove(
        @Id @StoredAsText UUID id,
        @StoredAsText UUID accountId,
        String linkId,
        String email,
        State state,
        Instant askedAt,
        @Nullable Instant expiresAt,
        Instant unsentUntil,
        @Nullable Instant endedAt,
        @Nullable String leftEmail,
        @Nullable Instant leftVerifiedAt) {

    /** For so long a link works after its mail was accepted. */
    static final Duration LIFETIME = Duration.ofHours(1);

    /** How far it has come. */
    public enum State {
        OPEN,
        DONE,
        REVOKED
    }

    Instant end() {
        return expiresAt == null ? unsentUntil : expiresAt;
    }

    boolean openAt(Instant now) {
        return state == State.OPEN && end().isAfter(now);
    }
}
