package dev.latchkey.membership;

import dev.latchkey.account.Account;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.profile.ProfileView;
import java.time.Duration;
import java.util.List;

/** What signing up can lead to. In every case but {@link Created} nothing was written. */
public sealed interface SignUpOutcome {

    /**
     * The account is there, and the mail with its link is in the outbox.
     *
     * @param view the account, and what was told of its owner
     * @param link the request that the mailed link belongs to
     */
    record Created(ProfileView view, LinkOutcome.Accepted link) implements SignUpOutcome {}

    /** Another account has this address. */
    record EmailTaken(Account account) implements SignUpOutcome {}

    /** Some fields cannot be kept. */
    record InvalidFields(List<InvalidField> fields) implements SignUpOutcome {}

    /** This caller signed up too many. */
    record LimitReached(Duration retryAfter) implements SignUpOutcome {}
}
