package dev.latchkey.magiclink;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A link that still opens something. The row is the right: whoever deletes it has used it.
 *
 * <p>One without an account is a decoy. It is written, mailed and used up like any other, so that nothing shows that it
 * was asked for nobody, and opens nothing: whoever follows it learns no more from it than whoever asked.
 *
 * @param id the public half of the token
 * @param requestId the request it came from
 * @param accountId what it opens; absent for a decoy
 * @param purpose what it allows
 * @param createdAt when it was asked for
 * @param expiresAt when it ends; absent until the mail server has accepted the mail
 * @param unsentUntil when it ends if that never happens: a mail server that refuses a mail has read the link
 * @param longestUntil when it ends at the latest, however much time it is given; absent until its life has begun
 */
@MappedEntity("magic_links")
record MagicLink(
        @Id String id,
        @StoredAsText UUID requestId,
        @Nullable @StoredAsText UUID accountId,
        LinkPurpose purpose,
        Instant createdAt,
        @Nullable Instant expiresAt,
        Instant unsentUntil,
        @Nullable Instant longestUntil) {

    boolean openAt(Instant now) {
        return (expiresAt == null ? unsentUntil : expiresAt).isAfter(now);
    }
}
