package dev.latchkey.membership;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.CallerBudgets;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.RequestOutcome;
import dev.latchkey.magiclink.SteadyTime;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.profile.PassphraseRules;
import dev.latchkey.profile.ProfileDrafts;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes accounts. Of two sign-ups with one address, at the same moment and on any nodes, one wins. */
@Singleton
public final class SignUpService {
    private static final int TRIES = 3;

    private final Accounts accounts;
    private final ProfileDrafts drafts;
    private final PassphraseRules rules;
    private final Passphrases passphrases;
    private final SignUpWriter writer;
    private final LinkRequestService links;
    private final CallerBudgets budgets;
    private final SteadyTime steady;
    private final boolean concealed;

    SignUpService(
            Accounts accounts,
            ProfileDrafts drafts,
            PassphraseRules rules,
            Passphrases passphrases,
            SignUpWriter writer,
            LinkRequestService links,
            CallerBudgets budgets,
            SteadyTime steady,
            LatchkeySettings settings) {
        this.accounts = accounts;
        this.drafts = drafts;
        this.rules = rules;
        this.passphrases = passphrases;
        this.writer = writer;
        this.links = links;
        this.budgets = budgets;
        this.steady = steady;
        this.concealed = settings.unknownUser() == UnknownUser.CONCEAL;
    }

    /**
     * Makes an account whose mailbox is still to be proved, and mails the link that does it. Attempts count before
     * anything is looked up or hashed for them.
     *
     * <p>Where accounts are concealed, a taken address is answered like a free one, after the same work and at a time that
     * tells nothing: with an account that is nobody's, while a mail tells the owner.
     */
    public SignUpOutcome signUp(SignUp wish) {
        return concealed ? steady.answer(() -> attempt(wish)) : attempt(wish);
    }

    private SignUpOutcome attempt(SignUp wish) {
        List<InvalidField> refused = new ArrayList<>();
        ProfileDrafts.Draft draft = drafts.parse(wish.name(), wish.locale(), refused);
        String passphrase = wish.passphrase();
        if (passphrase != null && !wish.ownRule()) {
            rules.check(passphrase, wish.email()).ifPresent(refused::add);
        }
        if (!refused.isEmpty()) {
            return new SignUpOutcome.InvalidFields(refused);
        }
        Optional<Duration> wait =
                budgets.countSignUp(wish.caller()).or(() -> concealed ? countMail(wish) : Optional.empty());
        if (wait.isPresent()) {
            return new SignUpOutcome.LimitReached(wait.get());
        }
        Optional<Account> owner = accounts.findByEmail(wish.email());
        if (owner.isPresent() && !concealed) {
            return new SignUpOutcome.EmailTaken(owner.get());
        }
        wait = concealed ? wait : countMail(wish);
        if (wait.isPresent()) {
            return new SignUpOutcome.LimitReached(wait.get());
        }
        boolean mailed = false;
        try {
            SignUpOutcome outcome = write(wish, draft, owner);
            mailed = concealed || outcome instanceof SignUpOutcome.Created;
            return outcome;
        } finally {
            if (!mailed) {
                budgets.giveBackNewAddress(wish.caller());
            }
        }
    }

    private SignUpOutcome write(SignUp wish, ProfileDrafts.Draft draft, Optional<Account> owner) {
        String passphrase = wish.passphrase();
        String hash = passphrase == null
                ? null
                : passphrases.hash(passphrase, wish.caller().toString());
        SignUpOutcome outcome =
                owner.<SignUpOutcome>map(SignUpOutcome.EmailTaken::new).orElseGet(() -> write(wish, draft, hash));
        return concealed && outcome instanceof SignUpOutcome.EmailTaken taken
                ? pretend(wish, draft, taken.account())
                : outcome;
    }

    private SignUpOutcome write(SignUp wish, ProfileDrafts.Draft draft, @Nullable String hash) {
        for (int left = TRIES - 1; ; left--) {
            try {
                return writer.write(wish, draft, hash);
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

    private SignUpOutcome pretend(SignUp wish, ProfileDrafts.Draft draft, Account owner) {
        return switch (remind(owner)) {
            case RequestOutcome.LimitReached limit -> new SignUpOutcome.LimitReached(limit.retryAfter());
            case RequestOutcome.Accepted told ->
                new SignUpOutcome.Created(
                        writer.pretend(wish, draft),
                        wish.confirmation() == LinkPurpose.CONFIRM_REGISTRATION ? links.pretendRegistration() : told);
            case RequestOutcome.UserNotFound none -> throw new IllegalStateException("Asked to conceal");
            case RequestOutcome.AccountBlocked blocked -> throw new IllegalStateException("Asked to conceal");
        };
    }

    /**
     * Tells the owner of an address, by mail alone, that there is an account already: with a link that confirms it where
     * nobody did, else with one that edits the profile. It was counted by {@link #signUp}.
     */
    private RequestOutcome remind(Account owner) {
        if (owner.usable() && !owner.verified()) {
            RequestOutcome told =
                    links.confirm(owner.id(), LinkPurpose.CONFIRM_EMAIL, Caller.COUNTED, UnknownUser.CONCEAL);
            if (!(told instanceof RequestOutcome.UserNotFound)) {
                return told;
            }
        }
        return links.tellThatAccountExists(owner, Caller.COUNTED);
    }

    private Optional<Duration> countMail(SignUp wish) {
        return budgets.countNewAddress(wish.caller());
    }
}
