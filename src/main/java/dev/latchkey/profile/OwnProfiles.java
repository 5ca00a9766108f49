package dev.latchkey.profile;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.Origin;
import dev.latchkey.photo.Photos;
import dev.latchkey.profile.ChangePreparation.Prepared;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

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
    private final TransactionOperations<Connection> transactions;
    private final Photos photos;
    private final ChangeLog changes;
    private final Clock clock;

    OwnProfiles(
            Accounts accounts,
            Profiles profiles,
            ChangePreparation preparation,
            AccountLock lock,
            TransactionOperations<Connection> transactions,
            Photos photos,
            ChangeLog changes,
            Clock clock) {
        this.accounts = accounts;
        this.profiles = profiles;
        this.preparation = preparation;
        this.lock = lock;
        this.transactions = transactions;
        this.photos = photos;
        this.changes = changes;
        this.clock = clock;
    }

    /** An account with its profile; empty when the account is gone or may not be used. */
    public Optional<ProfileView> find(UUID accountId) {
        return accounts.findById(accountId).filter(Account::usable).map(profiles::viewOf);
    }

    /** Creates the profile; what was told at sign-up is kept where nothing else is said. */
    public OwnOutcome create(ProfileView mine, ProfileChange change, Origin origin) {
        return counted(mine, change, origin, true);
    }

    /** Changes the profile. */
    public OwnOutcome update(ProfileView mine, ProfileChange change, Origin origin) {
        return counted(mine, change, origin, false);
    }

    /** An upload may have taken minutes, so what was true before it is looked at again. */
    private OwnOutcome counted(ProfileView mine, ProfileChange change, Origin origin, boolean creates) {
        if (!(change.photo() instanceof PhotoChange.Upload)) {
            return change(mine, change, origin, creates);
        }
        UUID accountId = mine.account().id();
        return preparation
                .countUpload(change, accountId)
                .<OwnOutcome>map(tooMany -> tooMany)
                .orElseGet(() -> find(accountId)
                        .map(now -> change(now, change, origin, creates))
                        .orElseGet(OwnOutcome.Gone::new));
    }

    private OwnOutcome change(ProfileView mine, ProfileChange change, Origin origin, boolean creates) {
        if (mine.profile().exists() == creates) {
            return otherwise(creates);
        }
        if (!mine.account().verified()
                && !change.texts().getOrDefault(ProfileField.NICKNAME, "").isBlank()) {
            return new ChangeRefused.InvalidFields(
                    List.of(new InvalidField(ProfileField.NICKNAME, InvalidField.Reason.UNCONFIRMED)));
        }
        return switch (preparation.prepare(change, mine)) {
            case Prepared.Refused refused -> refused.why();
            case Prepared.Stale stale -> new OwnOutcome.Stale(mine);
            case Prepared.Valid valid -> {
                OwnOutcome outcome = write(mine.account().id(), valid.change(), origin, creates);
                if (outcome instanceof OwnOutcome.Stored stored
                        && !Objects.equals(
                                stored.photoBefore(), stored.view().profile().photoHash())) {
                    photos.changed(stored.photoBefore(), valid.photo());
                }
                yield outcome;
            }
        };
    }

    private static OwnOutcome otherwise(boolean creates) {
        return creates ? new OwnOutcome.Exists() : new OwnOutcome.NoProfile();
    }

    private OwnOutcome write(UUID accountId, CheckedChange change, Origin origin, boolean creates) {
        try {
            return transactions.executeWrite(status -> lock.lock(accountId)
                    .filter(Account::usable)
                    .map(account -> write(account, change, origin, creates))
                    .orElseGet(OwnOutcome.Gone::new));
        } catch (DataAccessException e) {
            return preparation.refusedBy(e, change, accountId);
        }
    }

    /** The account is locked, so the version stays true. */
    private OwnOutcome write(Account account, CheckedChange change, Origin origin, boolean creates) {
        Optional<Profile> row = profiles.find(account.id());
        Profile before = row.orElseGet(() -> Profile.none(account.id()));
        if (before.exists() == creates) {
            return otherwise(creates);
        }
        if (change.conflicts(before)) {
            return new OwnOutcome.Stale(new ProfileView(account, before));
        }
        Profile after = change.over(before, clock.instant());
        if (!creates && before.difference(after).isEmpty()) {
            return new OwnOutcome.Stored(new ProfileView(account, before), before.photoHash());
        }
        profiles.put(row, after);
        Set<ProfileField> changed = before.difference(after);
        preparation.requireUnheld(after, changed);
        if (!changed.isEmpty()) {
            changes.record(account.id(), account.told(), origin, before.told(changed), after.told(changed));
        }
        return new OwnOutcome.Stored(new ProfileView(account, after), before.photoHash());
    }
}
