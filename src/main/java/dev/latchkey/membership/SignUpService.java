package dev.latchkey.membership;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.Pins;
import dev.latchkey.account.SteadyTime;
import dev.latchkey.account.Tier;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.HistoryEntry;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.CallerBudgets;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.profile.PassphraseRules;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.profile.Profiles;
import dev.latchkey.webhook.Event;
import dev.latchkey.webhook.EventType;
import dev.latchkey.webhook.Events;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes accounts. Of two sign-ups with one address, at the same moment and on any nodes, one wins: account, draft of a
 * profile, consent, link and mail are written in one transaction, all or nothing.
 */
@Singleton
public final class SignUpService {
    private static final int TRIES = 3;

    private final Commits commits;
    private final Accounts accounts;
    private final Pins pins;
    private final Profiles profiles;
    private final Consents consents;
    private final ChangeLog changes;
    private final Events events;
    private final PassphraseRules rules;
    private final Passphrases passphrases;
    private final LinkRequestService links;
    private final CallerBudgets budgets;
    private final SteadyTime steady;
    private final UnknownUser unknownUser;
    private final Clock clock;

    SignUpService(
            Commits commits,
            Accounts accounts,
            Pins pins,
            Profiles profiles,
            Consents consents,
            ChangeLog changes,
            Events events,
            PassphraseRules rules,
            Passphrases passphrases,
            LinkRequestService links,
            CallerBudgets budgets,
            SteadyTime steady,
            LatchkeySettings settings,
            Clock clock) {
        this.commits = commits;
        this.accounts = accounts;
        this.pins = pins;
        this.profiles = profiles;
        this.consents = consents;
        this.changes = changes;
        this.events = events;
        this.rules = rules;
        this.passphrases = passphrases;
        this.links = links;
        this.budgets = budgets;
        this.steady = steady;
        this.unknownUser = settings.unknownUser();
        this.clock = clock;
    }

    /**
     * Makes an account whose mailbox is still to be proved, and mails the link that does it. Attempts count before
     * anything is looked up or hashed for them.
     *
     * <p>Where accounts are concealed, a taken address is answered like a free one, after the same work and at a time that
     * tells nothing: with an account that is nobody's, while a mail tells the owner.
     */
    public SignUpOutcome signUp(SignUp wish) {
        return isConcealed(wish.caller()) ? steady.answer(() -> attempt(wish, true)) : attempt(wish, false);
    }

    private boolean isConcealed(Caller caller) {
        return unknownUser == UnknownUser.CONCEAL || caller.isMcp();
    }

    private SignUpOutcome attempt(SignUp wish, boolean concealed) {
        List<InvalidField> refused = new ArrayList<>();
        Map<ProfileField, String> draft = ProfileField.parseDraft(wish.told(), refused);
        String passphrase = wish.passphrase();
        if (passphrase != null && !wish.ownRule()) {
            rules.check(passphrase, wish.email()).ifPresent(refused::add);
        }
        if (!refused.isEmpty()) {
            return new SignUpOutcome.InvalidFields(refused);
        }
        Caller caller = wish.caller();
        Optional<Duration> wait =
                budgets.countSignUp(caller).or(() -> concealed ? budgets.countNewAddress(caller) : Optional.empty());
        if (wait.isPresent()) {
            return new SignUpOutcome.LimitReached(wait.get());
        }
        Optional<Account> owner = accounts.findByEmail(wish.email());
        if (owner.isPresent() && !concealed) {
            return new SignUpOutcome.EmailTaken(owner.get());
        }
        wait = concealed ? wait : budgets.countNewAddress(caller);
        if (wait.isPresent()) {
            return new SignUpOutcome.LimitReached(wait.get());
        }
        boolean mailed = false;
        try {
            String hash = passphrase == null ? null : passphrases.hash(passphrase, caller.toString());
            SignUpOutcome outcome =
                    owner.<SignUpOutcome>map(SignUpOutcome.EmailTaken::new).orElseGet(() -> write(wish, draft, hash));
            if (concealed && outcome instanceof SignUpOutcome.EmailTaken taken) {
                outcome = pretend(wish, draft, taken.account());
            }
            mailed = concealed || outcome instanceof SignUpOutcome.Created;
            return outcome;
        } finally {
            if (!mailed) {
                budgets.giveBackNewAddress(caller);
            }
        }
    }

    private SignUpOutcome write(SignUp wish, Map<ProfileField, String> draft, @Nullable String hash) {
        for (int left = TRIES - 1; ; left--) {
            try {
                return commits.write(
                        OutcomeUnknown.Doing.SIGN_UP,
                        status -> {
                            SignUpOutcome outcome = write(account(wish, hash), wish, draft);
                            if (!(outcome instanceof SignUpOutcome.Created)) {
                                status.setRollbackOnly();
                            }
                            return outcome;
                        },
                        outcome -> outcome instanceof SignUpOutcome.Created created
                                && accounts.findById(created.view().account().id())
                                        .isPresent());
            } catch (DataAccessException e) {
                Optional<Account> winner = accounts.findByEmail(wish.email());
                if (winner.isPresent()) {
                    return new SignUpOutcome.EmailTaken(winner.get());
                }
                if (left == 0) {
                    throw e;
                }
                // Perhaps the PIN was taken; the next one is another.
            }
        }
    }

    private SignUpOutcome write(Account account, SignUp wish, Map<ProfileField, String> draft) {
        accounts.save(account);
        if (changes.holdsEmail(wish.email(), account.id())) {
            // Somebody gave it up lately, and may still get it back; until then it is taken, by nobody who is to be
            // told.
            return new SignUpOutcome.EmailTaken(account);
        }
        accounts.markUnconfirmed(account.id(), account.createdAt());
        Caller caller = wish.caller();
        events.tell(() -> List.of(Event.of(EventType.ACCOUNT_CREATED, account.id(), account.pin())
                .through(HistoryEntry.key(caller.door()), caller.assistant())));
        ProfileView view = view(account, draft);
        if (!draft.isEmpty()) {
            profiles.save(view.profile());
        }
        String terms = wish.termsVersion();
        if (terms != null) {
            consents.save(new Consents.Consent(account.id(), terms, account.createdAt()));
        }
        UnknownUser whenUnknown = isConcealed(caller) ? UnknownUser.CONCEAL : UnknownUser.REPORT;
        return switch (links.confirm(account, wish.confirmation(), caller.countedBefore(), whenUnknown)) {
            case LinkOutcome.Accepted accepted -> new SignUpOutcome.Created(view, accepted);
            case LinkOutcome.LimitReached limit -> new SignUpOutcome.LimitReached(limit.retryAfter());
        };
    }

    /** A new account with what was told of its owner: a draft, until they make a profile of it. */
    private static ProfileView view(Account account, Map<ProfileField, String> draft) {
        return new ProfileView(account, Profile.of(account.id(), draft, 0, account.createdAt()));
    }

    private Account account(SignUp wish, @Nullable String hash) {
        return new Account(
                UuidCreator.getTimeOrderedEpoch(),
                wish.email(),
                pins.free().value(),
                AccountStatus.ACTIVE,
                Tier.FREE,
                hash,
                null,
                clock.instant(),
                true);
    }

    /** What somebody is told who signed up with a taken address, where that is no one's business. */
    private SignUpOutcome pretend(SignUp wish, Map<ProfileField, String> draft, Account owner) {
        return switch (remind(owner, wish.caller().countedBefore())) {
            case LinkOutcome.LimitReached limit -> new SignUpOutcome.LimitReached(limit.retryAfter());
            case LinkOutcome.Accepted told ->
                new SignUpOutcome.Created(
                        view(account(wish, null), draft),
                        wish.confirmation() == LinkPurpose.CONFIRM_REGISTRATION
                                ? links.pretendRegistration(wish.caller())
                                : told);
        };
    }

    /**
     * Tells the owner of an address, by mail alone, that there is an account already: with a link that confirms it where
     * nobody did, else with one that edits the profile. It was counted by {@link #signUp}.
     */
    private LinkOutcome remind(Account owner, Caller caller) {
        return owner.usable() && !owner.verified()
                ? links.confirm(owner, LinkPurpose.CONFIRM_EMAIL, caller, UnknownUser.CONCEAL)
                : links.tellThatAccountExists(owner, caller);
    }
}
