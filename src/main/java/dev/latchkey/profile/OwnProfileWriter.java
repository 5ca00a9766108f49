package dev.latchkey.profile;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one transaction of each write to an own profile; the account is locked first, so the version stays true. */
@Singleton
class OwnProfileWriter {
    private final AccountLock lock;
    private final Profiles profiles;
    private final Clock clock;

    OwnProfileWriter(AccountLock lock, Profiles profiles, Clock clock) {
        this.lock = lock;
        this.profiles = profiles;
        this.clock = clock;
    }

    @Transactional
    OwnOutcome create(UUID accountId, ProfileChange change) {
        Optional<Account> account = lock.lock(accountId).filter(Account::usable);
        if (account.isEmpty()) {
            return new OwnOutcome.Gone();
        }
        Optional<Profile> draft = profiles.find(accountId);
        if (draft.filter(Profile::exists).isPresent()) {
            return new OwnOutcome.Exists();
        }
        Profile before = draft.orElseGet(() -> Profile.none(accountId));
        Profile created = change.over(before, clock.instant());
        if (draft.isPresent()) {
            profiles.update(created);
        } else {
            profiles.save(created);
        }
        return new OwnOutcome.Stored(new ProfileView(account.get(), created), before.photoHash());
    }

    @Transactional
    OwnOutcome update(UUID accountId, ProfileChange change, @Nullable Set<Long> versions) {
        Optional<Account> account = lock.lock(accountId).filter(Account::usable);
        if (account.isEmpty()) {
            return new OwnOutcome.Gone();
        }
        Optional<Profile> stored = profiles.find(accountId).filter(Profile::exists);
        if (stored.isEmpty()) {
            return new OwnOutcome.NoProfile();
        }
        Profile before = stored.get();
        if (versions != null && !versions.contains(before.version())) {
            return new OwnOutcome.Stale(new ProfileView(account.get(), before));
        }
        Profile after = change.over(before, clock.instant());
        if (ProfileChange.difference(before, after).isEmpty()) {
            return new OwnOutcome.Stored(new ProfileView(account.get(), before), before.photoHash());
        }
        profiles.update(after);
        return new OwnOutcome.Stored(new ProfileView(account.get(), after), before.photoHash());
    }
}
