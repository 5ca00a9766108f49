package dev.latchkey.profile;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.photo.Photos;
import dev.latchkey.profile.ChangePreparation.Prepared;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
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
    private final Photos photos;

    OwnProfiles(
            Accounts accounts,
            Profiles profiles,
            ChangePreparation preparation,
            OwnProfileWriter writer,
            Photos photos) {
        this.accounts = accounts;
        this.profiles = profiles;
        this.preparation = preparation;
        this.writer = writer;
        this.photos = photos;
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
        return counted(
                mine,
                input,
                now -> now.profile().exists()
                        ? new OwnOutcome.Exists()
                        : change(
                                now,
                                input,
                                null,
                                change -> writer.create(now.account().id(), change)));
    }

    /**
     * Changes the profile.
     *
     * @param versions the caller looked at one of these; absent when it does not care
     */
    public OwnOutcome update(ProfileView mine, ProfileInput input, @Nullable Set<Long> versions) {
        return counted(
                mine,
                input,
                now -> now.profile().exists()
                        ? change(
                                now,
                                input,
                                versions,
                                change -> writer.update(now.account().id(), change, versions))
                        : new OwnOutcome.NoProfile());
    }

    /** An upload may have taken minutes, so what was true before it is looked at again. */
    private OwnOutcome counted(ProfileView mine, ProfileInput input, Function<ProfileView, OwnOutcome> work) {
        if (!input.isUpload()) {
            return work.apply(mine);
        }
        UUID accountId = mine.account().id();
        return preparation
                .countUpload(input, accountId)
                .<OwnOutcome>map(OwnOutcome.TooManyUploads::new)
                .orElseGet(() -> find(accountId).map(work).orElseGet(OwnOutcome.Gone::new));
    }

    private OwnOutcome change(
            ProfileView mine,
            ProfileInput input,
            @Nullable Set<Long> versions,
            Function<ProfileChange, OwnOutcome> write) {
        String nickname = input.nickname();
        if (!mine.account().verified() && nickname != null && !nickname.isBlank()) {
            return new OwnOutcome.InvalidFields(
                    List.of(new InvalidField(ProfileField.NICKNAME, InvalidField.Reason.UNCONFIRMED)));
        }
        boolean isStale = versions != null && !versions.contains(mine.profile().version());
        return switch (preparation.prepare(input, mine.profile(), Optional.empty(), change -> isStale)) {
            case Prepared.Invalid invalid -> new OwnOutcome.InvalidFields(invalid.fields());
            case Prepared.PhotoRefused photo -> new OwnOutcome.PhotoRefused(photo.reason());
            case Prepared.Stale stale -> new OwnOutcome.Stale(mine);
            case Prepared.Valid valid -> {
                OwnOutcome outcome = write(mine, valid.change(), write);
                if (outcome instanceof OwnOutcome.Stored stored
                        && !Objects.equals(
                                stored.photoBefore(), stored.view().profile().photoHash())) {
                    photos.changed(stored.photoBefore(), valid.photo());
                }
                yield outcome;
            }
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
