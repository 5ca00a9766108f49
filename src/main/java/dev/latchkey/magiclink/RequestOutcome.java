package dev.latchkey.magiclink;

import java.time.Duration;
import java.util.UUID;

/** What asking for a link can lead to. */
public sealed interface RequestOutcome {

    /**
     * The mail is in the durable outbox, or looks like it where the account's existence is concealed.
     *
     * @param requestId what Status is asked with
     * @param matchPhrase two words that chat, mail and page show
     */
    record Accepted(UUID requestId, String matchPhrase) implements RequestOutcome {}

    /** No account has this address or number; only told where that is no secret. */
    record UserNotFound() implements RequestOutcome {}

    /** An operator blocked the account; only told where that is no secret. */
    record AccountBlocked() implements RequestOutcome {}

    /**
     * Too many links were asked for.
     *
     * @param retryAfter when one more may be asked for
     * @param byCaller whether this caller asked for too many, whoever they were about; else for this account or name
     */
    record LimitReached(Duration retryAfter, boolean byCaller) implements RequestOutcome {
        LimitReached(Duration retryAfter) {
            this(retryAfter, false);
        }
    }
}
