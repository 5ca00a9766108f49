package dev.latchkey.magiclink;

import dev.latchkey.account.Account;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a token turns out to be when looked at. Looking consumes nothing. */
public sealed interface Inspection {

    /**
     * It opens something.
     *
     * @param linkId the public half of the token, for {@link LinkClaims}
     * @param requestId the request it came from
     * @param account what it opens, as it was looked at
     * @param provenance where the request came from
     * @param expiresAt when it ends; while the mail is still on its way, when it would end had it arrived now
     * @param longestUntil when it ends at the latest, however much time it is given; absent while its life has not begun
     * @param untouched whether nobody is known to have looked through it yet
     */
    record Open(
            String linkId,
            UUID requestId,
            Account account,
            Provenance provenance,
            Instant expiresAt,
            @Nullable Instant longestUntil,
            boolean untouched)
            implements Inspection {

        /** Whether it can be given more time; where its life has not begun, nobody can say yet that it can not. */
        public boolean hasMoreTime() {
            return longestUntil == null || longestUntil.isAfter(expiresAt);
        }

        public UUID accountId() {
            return account.id();
        }

        /** The two words of the request. */
        public String matchPhrase() {
            return provenance.matchPhrase();
        }
    }

    /**
     * It opens nothing.
     *
     * @param reason why
     * @param since when it was used, revoked or ran out; absent when unknown
     * @param issued whether we once issued it, so that a fresh one can be mailed to the same account
     * @param changed the fields that were saved with it, when it was used
     * @param accountId whose link it was; absent when it was nobody's
     */
    record Refused(
            Reason reason,
            @Nullable Instant since,
            boolean issued,
            List<String> changed,
            @Nullable UUID accountId) implements Inspection {

        /** It was never issued, or nobody is to learn that it was. */
        public static Refused unknown() {
            return new Refused(Reason.UNKNOWN, null, false, List.of(), null);
        }

        /** The same without the names of what was saved. */
        public Refused withoutChanges() {
            return new Refused(reason, since, issued, List.of(), accountId);
        }
    }

    /** Why a token opens nothing. */
    enum Reason {
        /** Never issued, malformed, altered, or made for another purpose. */
        UNKNOWN,
        /** Its time ran out. */
        EXPIRED,
        /** It was used once, which is all it is good for. */
        USED,
        /** Another link of the account was used after it was asked for. */
        REVOKED
    }
}
