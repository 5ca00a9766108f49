package dev.latchkey.membership;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.Pins;
import dev.latchkey.account.Tier;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.RequestOutcome;
import dev.latchkey.profile.ProfileDrafts;
import dev.latchkey.profile.ProfileView;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The one transaction of a sign-up: account, draft of a profile, consent, link and mail, all or nothing. */
@Singleton
class SignUpWriter {
    private final Commits commits;
    private final Accounts accounts;
    private final Pins pins;
    private final ProfileDrafts drafts;
    private final Consents consents;
    private final LinkRequestService links;
    private final UnknownUser unknownUser;
    private final Clock clock;

    SignUpWriter(
            Commits commits,
            Accounts accounts,
            Pins pins,
            ProfileDrafts drafts,
            Consents consents,
            LinkRequestService links,
            LatchkeySettings settings,
            Clock clock) {
        this.commits = commits;
        this.accounts = accounts;
        this.pins = pins;
        this.drafts = drafts;
        this.consents = consents;
        this.links = links;
        this.unknownUser = settings.unknownUser();
        this.clock = clock;
    }

    /** Fails with the database's own exception when the address, or by chance the PIN, was taken meanwhile. */
    SignUpOutcome write(SignUp wish, ProfileDrafts.Draft draft, @Nullable String hash) {
        return commits.write(
                OutcomeUnknown.Doing.SIGN_UP,
                status -> {
                    Instant now = clock.instant();
                    Account account = accounts.save(account(wish, hash, now));
                    accounts.markUnconfirmed(account.id(), now);
                    ProfileView view = drafts.keep(account, draft);
                    String terms = wish.termsVersion();
                    if (terms != null) {
                        consents.save(new Consent(account.id(), terms, now));
                    }
                    return switch (links.confirm(account.id(), wish.confirmation(), Caller.COUNTED, unknownUser)) {
                        case RequestOutcome.Accepted accepted -> new SignUpOutcome.Created(view, accepted);
                        case RequestOutcome.LimitReached limit -> {
                            status.setRollbackOnly();
                            yield new SignUpOutcome.LimitReached(limit.retryAfter());
                        }
                        case RequestOutcome.UserNotFound none ->
                            throw new IllegalStateException("The account is known");
                        case RequestOutcome.AccountBlocked blocked -> throw new IllegalStateException("It is new");
                    };
                },
                this::isStored);
    }

    private boolean isStored(SignUpOutcome outcome) {
        return outcome instanceof SignUpOutcome.Created created
                && accounts.findById(created.view().account().id()).isPresent();
    }

    /** What somebody is told who signed up with a taken address, where that is no one's business; nothing is stored. */
    ProfileView pretend(SignUp wish, ProfileDrafts.Draft draft) {
        return drafts.view(account(wish, null, clock.instant()), draft);
    }

    private Account account(SignUp wish, @Nullable String hash, Instant now) {
        return new Account(
                UuidCreator.getTimeOrderedEpoch(),
                wish.email(),
                pins.free().value(),
                AccountStatus.ACTIVE,
                Tier.FREE,
                hash,
                null,
                now);
    }
}
