package dev.latchkey.profile;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody shows of themselves.
 *
 * @param accountId the account it belongs to; there is at most one profile for each
 * @param name as they like to be called
 * @param nickname unique, lower case
 * @param bio free text, line breaks as LF
 * @param locale canonical BCP 47 tag
 * @param photoHash content address of the photo
 * @param version grows by one with each saved change; 0 means that there is no profile yet, perhaps a draft of one
 *     with what was told at sign-up
 * @param updatedAt when it was last saved
 */
@MappedEntity("profiles")
public record Profile(
        @Id @TypeDef(type = DataType.STRING) UUID accountId,
        @Nullable String name,
        @Nullable String nickname,
        @Nullable String bio,
        @Nullable String locale,
        @Nullable String photoHash,
        long version,
        Instant updatedAt) {

    /** Whether its owner made it; before, it is at most a draft. */
    public boolean exists() {
        return version > 0;
    }

    /** What a field holds; the passphrase is the account's, and so nothing here. */
    public @Nullable String value(ProfileField field) {
        return switch (field) {
            case BIO -> bio;
            case LOCALE -> locale;
            case NAME -> name;
            case NICKNAME -> nickname;
            case PHOTO -> photoHash;
            case PASSPHRASE -> null;
        };
    }

    /** The profile of somebody who has not saved anything yet. */
    public static Profile none(UUID accountId) {
        return new Profile(accountId, null, null, null, null, null, 0, Instant.EPOCH);
    }
}
