package dev.latchkey.profile;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What somebody shows of themselves.
 *
 * @param accountId the account it belongs to; there is at most one profile for each
 * @param name as they like to be called
 * @param pronouns as they want to be spoken of
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
        @Id @StoredAsText UUID accountId,
        @Nullable String name,
        @Nullable String pronouns,
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

    /** The profile of somebody who has not saved anything yet. */
    public static Profile none(UUID accountId) {
        return new Profile(accountId, null, null, null, null, null, null, 0, Instant.EPOCH);
    }

    /** One that shows nothing but this. */
    public static Profile of(UUID accountId, Map<ProfileField, String> values, long version, Instant at) {
        return none(accountId).with(values, version, at);
    }

    /** What a field holds; the passphrase is the account's, and so nothing here. */
    public @Nullable String value(ProfileField field) {
        return switch (field) {
            case BIO -> bio;
            case LOCALE -> locale;
            case NAME -> name;
            case NICKNAME -> nickname;
            case PHOTO -> photoHash;
            case PRONOUNS -> pronouns;
            case PASSPHRASE -> null;
        };
    }

    /** What each field holds, but the passphrase. */
    public Map<ProfileField, String> values() {
        Map<ProfileField, String> values = new EnumMap<>(ProfileField.class);
        for (ProfileField field : ProfileField.values()) {
            values.put(field, Objects.requireNonNullElse(value(field), ""));
        }
        values.remove(ProfileField.PASSPHRASE);
        return values;
    }

    /** The same with other values in some fields. */
    Profile with(Map<ProfileField, String> values, long newVersion, Instant at) {
        Function<ProfileField, @Nullable String> then = field -> {
            String value = values.getOrDefault(field, value(field));
            return value == null || value.isEmpty() ? null : value;
        };
        return new Profile(
                accountId,
                then.apply(ProfileField.NAME),
                then.apply(ProfileField.PRONOUNS),
                then.apply(ProfileField.NICKNAME),
                then.apply(ProfileField.BIO),
                then.apply(ProfileField.LOCALE),
                then.apply(ProfileField.PHOTO),
                newVersion,
                at);
    }

    /** What some of the fields hold, by their keys, the passphrase as nobody's to know. */
    Map<String, String> told(Set<ProfileField> fields) {
        Map<String, String> values = new TreeMap<>();
        fields.forEach(field -> values.put(field.key(), Objects.requireNonNullElse(value(field), "")));
        return values;
    }

    /** The fields in which another profile differs. */
    Set<ProfileField> difference(Profile other) {
        Set<ProfileField> fields = EnumSet.allOf(ProfileField.class);
        fields.removeIf(field -> Objects.equals(value(field), other.value(field)));
        return fields;
    }
}
