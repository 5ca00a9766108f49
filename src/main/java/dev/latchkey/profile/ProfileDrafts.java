package dev.latchkey.profile;

import dev.latchkey.account.Account;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people tell of themselves while they sign up: kept as a draft until they make a profile of it. */
@Singleton
public class ProfileDrafts {
    private final Profiles profiles;
    private final Clock clock;

    ProfileDrafts(Profiles profiles, Clock clock) {
        this.profiles = profiles;
        this.clock = clock;
    }

    /**
     * Reads name and locale.
     *
     * @param refused where those go that cannot be kept
     */
    public Draft parse(@Nullable String name, @Nullable String locale, List<InvalidField> refused) {
        List<InvalidField> wrong = new ArrayList<>();
        // Models send empty strings for what they do not know.
        String tag = locale == null || locale.isBlank() ? null : locale;
        ProfileInput input = new ProfileInput(null, tag, null, null, name, null, null, false, false);
        ProfileChange change = ProfileChange.parse(input, wrong);
        refused.addAll(wrong);
        return new Draft(change.name().over(null), change.locale().over(null));
    }

    /** Keeps what was told of a new account, inside the transaction that makes it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public ProfileView keep(Account account, Draft draft) {
        ProfileView view = view(account, draft);
        if (draft.name() != null || draft.locale() != null) {
            profiles.save(view.profile());
        }
        return view;
    }

    /** A new account with what was told of it. */
    public ProfileView view(Account account, Draft draft) {
        return new ProfileView(
                account, new Profile(account.id(), draft.name(), null, null, draft.locale(), null, 0, clock.instant()));
    }

    /** What was told, in its canonical form. */
    public record Draft(@Nullable String name, @Nullable String locale) {}
}
