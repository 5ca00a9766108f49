package dev.latchkey.profile;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.history.Restorable;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts profiles and passphrases back as they were. */
@Singleton
class ProfileValues implements Restorable {
    private final Profiles profiles;
    private final Accounts accounts;
    private final Clock clock;

    ProfileValues(Profiles profiles, Accounts accounts, Clock clock) {
        this.profiles = profiles;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public Set<String> keys() {
        return Arrays.stream(ProfileField.values()).map(ProfileField::key).collect(Collectors.toSet());
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<String, String> restore(Account locked, Map<String, String> before) {
        Map<ProfileField, String> values = new EnumMap<>(ProfileField.class);
        before.forEach((key, value) -> values.put(ProfileField.valueOf(key.toUpperCase(Locale.ROOT)), value));
        Optional<Profile> row = profiles.find(locked.id());
        Profile stored = row.orElseGet(() -> Profile.none(locked.id()));
        Map<String, String> until = stored.told(values.keySet());
        String hash = values.remove(ProfileField.PASSPHRASE);
        if (hash != null) {
            accounts.updatePassphraseHash(locked.id(), hash.isEmpty() ? null : hash);
        }
        if (!values.isEmpty()) {
            profiles.put(row, stored.with(values, stored.version() + 1, clock.instant()));
        }
        return until;
    }
}
