package dev.latchkey.magiclink;

import java.time.Duration;
import java.util.UUID;

/** What asking for a link by a name can lead to, where it is no secret who has an account. */
public sealed interface InitOutcome {

    /** No account has this address or number. */
    record UserNotFound() implements InitOutcome {}

    /** An operator blocked the account, or its owner wants no links that assistants ask for. */
    record AccountBlocked() implements InitOutcome {}

    /** What asking for a link to a known account can lead to, or to any where nobody may learn whether it is there. */
    sealed interface LinkOutcome extends InitOutcome {

        /**
         * The mail is in the durable outbox, or looks like it where the account's existence is concealed.
         *
         * @param requestId what Status is asked with
         * @param linkId the public half of the token, a decoy's too
         * @param matchPhrase two words that chat, mail and page show
         * @param undeliverable whether no mail goes to the account's address; never where that is nobody's business
         */
        record Accepted(UUID requestId, String linkId, String matchPhrase, boolean undeliverable)
                implements LinkOutcome {}

        /**
         * Too many links were asked for.
         *
         * @param retryAfter when one more may be asked for
         * @param byCaller whether this caller asked for too many, whoever they were about; else for this account or name
         */
        record LimitReached(Duration retryAfter, boolean byCaller) implements LinkOutcome {}
    }
}
