package dev.latchkey.profile;

import dev.latchkey.account.Account;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.limit.Budget;
import dev.latchkey.limit.RateLimits;
import dev.latchkey.profile.InvalidField.Reason;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Who may have which nickname. */
@Singleton
public final class Nicknames {
    /** As fast as somebody tries out ideas, and too slow to go through all there are. */
    private static final long QUESTIONS_PER_HOUR = 600;

    private static final long AT_ONCE = 60;

    private final Profiles profiles;
    private final ChangeLog changes;
    private final RateLimits limits;

    Nicknames(Profiles profiles, ChangeLog changes, RateLimits limits) {
        this.profiles = profiles;
        this.changes = changes;
        this.limits = limits;
    }

    /** Whether somebody else has a nickname, or gave it up and may have it back. */
    boolean isTaken(String nickname, UUID accountId) {
        return profiles.findByNickname(nickname)
                        .filter(other -> !other.accountId().equals(accountId))
                        .isPresent()
                || changes.holdsNickname(nickname, accountId);
    }

    /**
     * What saving a nickname would come to, at this moment; nothing is kept for who asks.
     *
     * @param proven whether somebody who asks has proved the account's mailbox
     */
    public Answer ask(Account account, boolean proven, String typed) {
        Optional<Duration> wait =
                limits.take(Budget.perHour("nickname", account.id().toString(), QUESTIONS_PER_HOUR, AT_ONCE));
        if (wait.isPresent()) {
            return new Answer.TooMany(wait.get());
        }
        return switch (ProfileField.NICKNAME.parse(typed)) {
            case ProfileText.Parsed.Refused refused -> new Answer.Refused(refused.reason());
            case ProfileText.Parsed.Text text -> ask(account, proven, text);
        };
    }

    private Answer ask(Account account, boolean proven, ProfileText.Parsed.Text wanted) {
        if (wanted.value().isEmpty()) {
            return new Answer.Refused(Reason.TOO_SHORT);
        }
        if (!proven) {
            return new Answer.Refused(Reason.UNCONFIRMED);
        }
        return isTaken(wanted.value(), account.id()) ? new Answer.Refused(Reason.TAKEN) : new Answer.Free();
    }

    /** What a question can come to. */
    public sealed interface Answer {

        /** It may be had. */
        record Free() implements Answer {}

        /** It may not. */
        record Refused(Reason reason) implements Answer {}

        /** Too many were asked for. */
        record TooMany(Duration retryAfter) implements Answer {}
    }
}
