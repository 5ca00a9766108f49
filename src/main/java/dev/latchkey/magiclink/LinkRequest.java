package dev.latchkey.magiclink;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The history of one request for a link, kept after the link itself is gone.
 *
 * @param id what Status is asked with
 * @param linkId the public half of the token
 * @param accountId absent for a request that nobody's account matched, which must look like any other, and for one of
 *     an account that is gone by now
 * @param subjectDigest keyed digest of whom the request was for; limits count by it
 * @param purpose what the link allows
 * @param matchPhrase two words shown in the chat, in the mail's subject and on the page
 * @param state the last state written; expiry is told from the clock, see {@link #stateAt}
 * @param changed names of the fields that were saved, separated by commas
 * @param createdAt when it was asked for
 * @param createdHour the same in whole hours since 1970: indexes begin with it, so that new rows come to lie together
 * @param expiresAt when the link ends; absent until the mail was accepted or given up
 * @param endedAt when it was used, revoked or found undeliverable; stays while an undeliverable mail is sent again
 * @param door through which it came
 * @param assistant the name of the action key that it came with; absent where there is none
 * @param callerUser keyed digest of the assistant's user, where the assistant told one
 * @param callerConversation keyed digest of the conversation, where the assistant told one
 */
@MappedEntity("link_requests")
record LinkRequest(
        @Id @StoredAsText UUID id,
        String linkId,
        @Nullable @StoredAsText UUID accountId,
        String subjectDigest,
        LinkPurpose purpose,
        String matchPhrase,
        LinkState state,
        @Nullable String changed,
        Instant createdAt,
        long createdHour,
        @Nullable Instant expiresAt,
        @Nullable Instant endedAt,
        Caller.Door door,
        @Nullable String assistant,
        @Nullable String callerUser,
        @Nullable String callerConversation) {

    /** The hour as {@link #createdHour} counts it. */
    static long hourOf(Instant time) {
        return Duration.ofMillis(time.toEpochMilli()).toHours();
    }

    /** The hours of the past so long, and the next one, as another node's clock may be ahead. */
    static List<Long> hoursUntil(Instant now, Duration past) {
        Duration hour = Duration.ofHours(1);
        return hours(now.minus(past).minus(hour), now.plus(hour));
    }

    /** The hours from one moment to another, in which requests between them lie. */
    static List<Long> hours(Instant from, Instant to) {
        return LongStream.rangeClosed(hourOf(from), hourOf(to)).boxed().toList();
    }

    LinkState stateAt(Instant now) {
        boolean waiting = state == LinkState.SENT || state == LinkState.OPENED;
        return waiting && expiresAt != null && !expiresAt.isAfter(now) ? LinkState.EXPIRED : state;
    }

    /**
     * Whether its mail came back, or will not leave, as far as is known: its link was still waited for when its account's
     * address was found undeliverable. What was sent later was sent by hand, and is not back yet.
     *
     * @param since when no mail went to the address any more
     */
    boolean cameBack(Instant since, Instant now) {
        return switch (stateAt(now)) {
            case QUEUED -> purpose != LinkPurpose.CONFIRM_EMAIL;
            case SENT, EXPIRED -> !createdAt.isAfter(since) && (expiresAt == null || expiresAt.isAfter(since));
            default -> false;
        };
    }

    /** As {@link #stateAt}, in words that a request for nobody could have as well. */
    LinkState concealedStateAt(Instant now, Duration lifetime) {
        boolean sentAgain = state == LinkState.QUEUED && endedAt != null;
        if (state != LinkState.UNDELIVERABLE && state != LinkState.REVOKED && !sentAgain) {
            return stateAt(now);
        }
        Instant since = endedAt == null ? createdAt : endedAt;
        Instant end = expiresAt == null ? since.plus(lifetime) : expiresAt;
        return end.isAfter(now) ? LinkState.SENT : LinkState.EXPIRED;
    }

    List<String> changedFields() {
        return fields(changed);
    }

    static List<String> fields(@Nullable String changed) {
        return changed == null || changed.isEmpty() ? List.of() : List.of(changed.split(","));
    }

    /** Requests as operators list them; by id, which grows with the time. */
    @JdbcRepository(dialect = Dialect.ANSI)
    interface Everybodys extends GenericRepository<LinkRequest, UUID> {
        /** As {@link LinkRequest#stateAt}. */
        String STATE = "CASE WHEN state IN ('SENT', 'OPENED') AND expires_at <= :now THEN 'EXPIRED' ELSE state END";

        @Query("SELECT * FROM link_requests WHERE id < :earlier AND " + STATE
                + " IN (:states) ORDER BY id DESC LIMIT :most")
        List<LinkRequest> newest(@StoredAsText UUID earlier, Collection<LinkState> states, Instant now, int most);

        @Query(
                "SELECT * FROM link_requests WHERE created_hour IN (:hours) AND account_id = :accountId AND id < :earlier"
                        + " AND " + STATE + " IN (:states) ORDER BY id DESC LIMIT :most")
        List<LinkRequest> newestOf(
                @StoredAsText UUID accountId,
                List<Long> hours,
                @StoredAsText UUID earlier,
                Collection<LinkState> states,
                Instant now,
                int most);
    }
}
