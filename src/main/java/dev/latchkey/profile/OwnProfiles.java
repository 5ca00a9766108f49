package dev.latchkey.profile;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.Origin;
import dev.latchkey.photo.Photos;
import dev.latchkey.profile.ChangePreparation.NewPassphrase;
import dev.latchkey.profile.ChangePreparation.Prepared;
import dev.latchkey.session.Sessions;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
    private final AccountLock lock;
    private final Commits commits;
    private final Photos photos;
    private final ChangeLog changes;
    private final Sessions sessions;
    private final Clock clock;

    OwnProfiles(
            Accounts accounts,
            Profiles profiles,
            ChangePreparation preparation,
            AccountLock lock,
            Commits commits,
            Photos photos,
            ChangeLog changes,
            Sessions sessions,
            Clock clock) {
        this.accounts = accounts;
        this.profiles = profiles;
        this.preparation = preparation;
        this.lock = lock;
        this.commits = commits;
        this.photos = photos;
        this.changes = changes;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** An account with its profile; empty when the account is gone or may not be used. */
    public Optional<ProfileView> find(UUID accountId) {
        return accounts.findById(accountId).filter(Account::usable).map(profiles::viewOf);
    }

    /**
     * Creates the profile; what was told at sign-up is kept where nothing else is said.
     *
     * @param session that asks; nothing is written once it was ended. Absent where nobody has to be signed in
     */
    public OwnOutcome create(ProfileView mine, ProfileChange change, Origin origin, @Nullable String session) {
        return counted(mine, change, new Writing(Wanted.NEW, origin, session));
    }

    /**
     * Changes the profile.
     *
     * @param session as at {@link #create}
     */
    public OwnOutcome update(ProfileView mine, ProfileChange change, Origin origin, @Nullable String session) {
        return counted(mine, change, new Writing(Wanted.STORED, origin, session));
    }

    /**
     * Changes the profile, or makes it where there is none, and the passphrase with it; then all other sessions die.
     *
     * @param mine with the account as it was when somebody proved that they may change the passphrase
     * @param session that asks; nothing is written once it was ended
     */
    public OwnOutcome save(ProfileView mine, ProfileChange change, Origin origin, String session) {
        return counted(mine, change, new Writing(Wanted.ANY, origin, session));
    }

    /** An upload may have taken minutes, so what was true before it is looked at again. */
    private OwnOutcome counted(ProfileView mine, ProfileChange change, Writing writing) {
        if (!(change.photo() instanceof PhotoChange.Upload)) {
            return change(mine, change, writing);
        }
        UUID accountId = mine.account().id();
        return preparation
                .countUpload(change, accountId)
                .<OwnOutcome>map(tooMany -> tooMany)
                .orElseGet(() ->
                        find(accountId).map(now -> change(now, change, writing)).orElseGet(OwnOutcome.Gone::new));
    }

    private OwnOutcome change(ProfileView mine, ProfileChange change, Writing writing) {
        if (!writing.wanted().fits(mine.profile())) {
            return new OwnOutcome.Stale(mine, Set.of());
        }
        return switch (preparation.prepare(change, mine, mine.account().verified())) {
            case Prepared.Refused refused -> refused.why();
            case Prepared.Stale stale ->
                new OwnOutcome.Stale(mine, stale.change().disputed(mine.profile()));
            case Prepared.Valid valid -> {
                OwnOutcome outcome = write(mine.account(), valid, writing);
                if (outcome instanceof OwnOutcome.Stored stored
                        && !Objects.equals(
                                stored.photoBefore(), stored.view().profile().photoHash())) {
                    photos.changed(stored.photoBefore(), valid.photo());
                }
                yield outcome;
            }
        };
    }

    private OwnOutcome write(Account seen, Prepared.Valid valid, Writing writing) {
        NewPassphrase passphrase = valid.passphrase();
        try {
            return commits.write(
                    OutcomeUnknown.Doing.CHANGE_ACCOUNT,
                    status -> lock.lock(seen.id())
                            .filter(Account::usable)
                            .filter(account -> sessions.stillAsks(writing.session()))
                            // What proved that somebody may change the passphrase was true of the one in use then.
                            .filter(account -> passphrase.hash() == null
                                    || Objects.equals(account.passphraseHash(), seen.passphraseHash()))
                            .map(account -> write(account, valid.change(), passphrase, writing))
                            .orElseGet(OwnOutcome.Gone::new),
                    this::isStored);
        } catch (DataAccessException e) {
            return preparation.refusedBy(e, valid.change(), seen.id());
        }
    }

    private boolean isStored(OwnOutcome outcome) {
        return outcome instanceof OwnOutcome.Stored stored
                && lock.lock(stored.view().account().id())
                        .flatMap(account -> profiles.find(account.id()))
                        .filter(stored.view().profile()::equals)
                        .isPresent();
    }

    /** The account is locked, so the version stays true. */
    private OwnOutcome write(Account account, CheckedChange change, NewPassphrase passphrase, Writing writing) {
        Optional<Profile> row = profiles.find(account.id());
        Profile stored = row.orElseGet(() -> Profile.none(account.id()));
        if (!writing.wanted().fits(stored) || change.conflicts(stored)) {
            return new OwnOutcome.Stale(new ProfileView(account, stored), change.disputed(stored));
        }
        Profile after = change.over(stored, clock.instant());
        Set<ProfileField> changed = stored.difference(after);
        if (passphrase.hash() != null) {
            changed.add(ProfileField.PASSPHRASE);
        }
        if (changed.isEmpty() && writing.wanted() != Wanted.NEW) {
            return new OwnOutcome.Stored(new ProfileView(account, stored), stored.photoHash(), Set.of());
        }
        profiles.put(row, after);
        preparation.requireUnheld(after, changed);
        Map<String, String> before = stored.told(changed);
        if (passphrase.hash() != null) {
            accounts.updatePassphraseHash(account.id(), passphrase.hash());
            sessions.endOthers(account.id(), Objects.requireNonNullElse(writing.session(), ""));
            before.put(ProfileField.PASSPHRASE.key(), Objects.requireNonNullElse(account.passphraseHash(), ""));
        }
        if (!changed.isEmpty()) {
            changes.record(account.id(), account.told(), writing.origin(), before, after.told(changed));
        }
        return new OwnOutcome.Stored(new ProfileView(account, after), stored.photoHash(), changed);
    }

    /**
     * How a change is written.
     *
     * @param session that asks; absent where nobody has to be signed in
     */
    private record Writing(
            Wanted wanted, Origin origin, @Nullable String session) {}

    /** Which profile a change is for. */
    private enum Wanted {
        NEW,
        STORED,
        ANY;

        boolean fits(Profile profile) {
            return this == ANY || profile.exists() == (this == STORED);
        }
    }
}
