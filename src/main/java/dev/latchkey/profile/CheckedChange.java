package dev.latchkey.profile;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of a profile that can be kept.
 *
 * @param values what the fields in it are to hold
 * @param versions as in {@link ProfileChange}
 * @param base as in {@link ProfileChange}; with it only a field that both changed is in the way
 */
record CheckedChange(
        Map<ProfileField, String> values, @Nullable Set<Long> versions, Map<ProfileField, String> base) {

    /** Whether it cannot be applied to what is stored, because somebody else changed that since the caller looked. */
    boolean conflicts(Profile stored) {
        return versions != null
                && !versions.contains(stored.version())
                && (base.isEmpty() || !disputed(stored).isEmpty());
    }

    /**
     * The fields that somebody else changed as well since the caller saw them, and to something else; one that the caller
     * did not say counts as changed.
     */
    Set<ProfileField> disputed(Profile stored) {
        Set<ProfileField> disputed = stored.difference(over(stored, stored.updatedAt()));
        Map<ProfileField, String> now = stored.values();
        disputed.removeIf(field -> Objects.equals(now.get(field), base.get(field)));
        return disputed;
    }

    CheckedChange withPhoto(String hash) {
        Map<ProfileField, String> more = new EnumMap<>(ProfileField.class);
        more.putAll(values);
        more.put(ProfileField.PHOTO, hash);
        return new CheckedChange(more, versions, base);
    }

    /** The profile after this change, one version further. */
    Profile over(Profile stored, Instant now) {
        return stored.with(values, stored.version() + 1, now);
    }
}
