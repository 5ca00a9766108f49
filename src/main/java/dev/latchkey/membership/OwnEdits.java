package dev.latchkey.membership;

import dev.latchkey.account.Account;
import dev.latchkey.history.Door;
import dev.latchkey.history.Origin;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.profile.OwnOutcome;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.profile.PassphraseChoice;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.session.PageSession;
import dev.latchkey.session.SignInOutcome;
import dev.latchkey.session.SignInService;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Saves the profile of whoever is signed in on the account's pages. A browser may be left alone, so a new passphrase needs
 * more than the session: the passphrase in use, or a link that was mailed just now.
 */
@Singleton
public final class OwnEdits {
    private final OwnProfiles profiles;
    private final SignInService signIns;
    private final Clock clock;

    OwnEdits(OwnProfiles profiles, SignInService signIns, Clock clock) {
        this.profiles = profiles;
        this.signIns = signIns;
        this.clock = clock;
    }

    /** Whether a new passphrase needs the one in use beside it or, where there is none, a fresh link. */
    public boolean asksProof(PageSession session) {
        return !session.provenByLink(clock.instant());
    }

    /**
     * Saves a change.
     *
     * @param current the passphrase in use, as it was typed; absent when none was
     * @param caller as in {@link SignInService#check}
     */
    public Outcome save(PageSession session, ProfileChange change, @Nullable String current, CallerAddress caller) {
        Optional<ProfileView> mine = profiles.find(session.accountId());
        if (mine.isEmpty()) {
            return new Outcome.Done(new OwnOutcome.Gone());
        }
        if (!(change.passphrase() instanceof PassphraseChoice.Typed) || !asksProof(session)) {
            return save(session, mine.get(), change);
        }
        Account account = mine.get().account();
        if (account.passphraseHash() == null) {
            return new Outcome.LinkNeeded();
        }
        if (current == null || current.isEmpty()) {
            return new Outcome.CurrentMissing();
        }
        return switch (signIns.check(account, current, caller)) {
            case SignInOutcome.Refused refused -> new Outcome.CurrentWrong();
            case SignInOutcome.SlowedDown slow -> new Outcome.SlowedDown(slow.retryAfter());
            case SignInOutcome.Matched matched ->
                save(session, new ProfileView(matched.account(), mine.get().profile()), change);
        };
    }

    private Outcome save(PageSession session, ProfileView mine, ProfileChange change) {
        return new Outcome.Done(profiles.save(mine, change, Origin.of(Door.ACCOUNT_PAGE), session.id()));
    }

    /** What saving can lead to; in every case but the first nothing was looked at further, and nothing written. */
    public sealed interface Outcome {

        /** Whoever asks may; this is what became of it. */
        record Done(OwnOutcome outcome) implements Outcome {}

        /** There is no passphrase that could be asked for: only a fresh link can prove who sets the first. */
        record LinkNeeded() implements Outcome {}

        /** The passphrase in use was not typed. */
        record CurrentMissing() implements Outcome {}

        /** What was typed is not the passphrase in use. */
        record CurrentWrong() implements Outcome {}

        /** Too many wrong passphrases lately. */
        record SlowedDown(Duration retryAfter) implements Outcome {}
    }
}
