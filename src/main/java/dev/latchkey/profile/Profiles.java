package dev.latchkey.profile;

import dev.latchkey.account.Account;
import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.database.StoredAsText;
import dev.latchkey.photo.PhotoReferences;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All profiles. */
@JdbcRepository(dialect = Dialect.ANSI)
public interface Profiles extends GenericRepository<Profile, UUID>, PhotoReferences, PreferredLanguages {
    Profile save(Profile profile);

    void saveAll(Iterable<Profile> profiles);

    void update(Profile profile);

    /** Writes a profile over what is stored, if anything is. */
    default void put(Optional<Profile> stored, Profile profile) {
        if (stored.isPresent()) {
            update(profile);
        } else {
            save(profile);
        }
    }

    @Query("SELECT * FROM profiles WHERE account_id = :accountId")
    Optional<Profile> find(@StoredAsText UUID accountId);

    /** An account with what it shows. */
    default ProfileView viewOf(Account account) {
        return new ProfileView(account, find(account.id()).orElseGet(() -> Profile.none(account.id())));
    }

    Optional<Profile> findByNickname(String nickname);

    /** Those of the given nicknames that somebody has. */
    @Query("SELECT nickname FROM profiles WHERE nickname IN (:nicknames)")
    List<String> nicknamesAmong(Collection<String> nicknames);

    /** Shows another photo, or none, without a change of anything else. */
    @Query("UPDATE profiles SET photo_hash = :hash WHERE account_id = :accountId")
    int showPhoto(@StoredAsText UUID accountId, @Nullable String hash);

    /** Those of the given photos that some profile shows. */
    @Query("SELECT DISTINCT photo_hash FROM profiles WHERE photo_hash IN (:hashes)")
    List<String> photosAmong(Collection<String> hashes);

    @Override
    default Set<String> shown(Collection<String> hashes) {
        return Set.copyOf(photosAmong(hashes));
    }

    @Override
    default Set<String> referenced(Collection<String> hashes) {
        return shown(hashes);
    }

    /** The language of a profile is the language its owner reads. */
    @Override
    default Optional<Locale> of(UUID accountId) {
        return findLocale(accountId).map(Locale::forLanguageTag);
    }

    @Query("SELECT locale FROM profiles WHERE account_id = :accountId AND locale IS NOT NULL")
    Optional<String> findLocale(@StoredAsText UUID accountId);
}
