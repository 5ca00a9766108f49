package dev.latchkey.profile;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.profile.ChangePreparation.Prepared;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What people who are signed in do with their own profile: having an account and having a profile are two things. Until
 * they proved the mailbox they get no nickname, as signing up with anybody's address is free and nicknames are not.
 */
@Singleton
public final class OwnProfiles {
    private final Accounts accounts;
    private final Profiles profiles;
    private final ChangePreparation preparation;
    private final OwnProfileWriter writer;

    OwnProfiles(Accounts accounts, Profiles profiles, ChangePreparation preparation, OwnProfileWriter writer) {
        this.accounts = accounts;
        this.profiles = profiles;
        this.preparation = preparation;
        this.writer = writer;
    }

    /** An account with its profile; empty when the account is gone or may not be used. */
    public Optional<ProfileView> find(UUID accountId) {
        return accounts.findById(accountId).filter(Account::usable).map(this::view);
    }

    private ProfileView view(Account account) {
        return new ProfileView(account, profiles.find(account.id()).orElseGet(() -> Profile.none(account.id())));
    }

    /** Creates the profile; what was told at sign-up is kept where nothing else is said. */
    public OwnOutcome create(ProfileView mine, ProfileInput input) {
        return mine.profile().exists()
                ? new OwnOutcome.Exists()
                : change(mine, input, change -> writer.create(mine.account().id(), change));
    }

    /**
     * Changes the profile.
     *
     * @param versions the caller looked at one of these; absent when it does not care
     */
    public OwnOutcome update(ProfileView mine, ProfileInput input, @Nullable Set<Long> versions) {
        return mine.profile().exists()
                ? change(mine, input, change -> writer.update(mine.account().id(), change, versions))
                : new OwnOutcome.NoProfile();
    }

    private OwnOutcome change(ProfileView mine, ProfileInput input, Function<ProfileChange, OwnOutcome> write) {
        String nickname = input.nickname();
        if (!mine.account().verified() && nickname != null && !nickname.isBlank()) {
            return new OwnOutcome.InvalidFields(
                    List.of(new InvalidField(ProfileField.NICKNAME, InvalidField.Reason.UNCONFIRMED)));
        }
        return switch (preparation.prepare(input, mine.profile(), Optional.empty())) {
            case Prepared.Invalid invalid -> new OwnOutcome.InvalidFields(invalid.fields());
            case Prepared.PhotoRefused photo -> new OwnOutcome.PhotoRefused(photo.reason());
            case Prepared.Valid valid -> write(mine, valid.change(), write);
        };
    }

    private OwnOutcome write(ProfileView mine, ProfileChange change, Function<ProfileChange, OwnOutcome> write) {
        try {
            return write.apply(change);
        } catch (DataAccessException e) {
            // Somebody took the nickname between our look and our write; the transaction is undone.
            return preparation
                    .takenNickname(change, mine.profile())
                    .<OwnOutcome>map(taken -> new OwnOutcome.InvalidFields(List.of(taken)))
                    .orElseThrow(() -> e);
        }
    }
}
