package dev.latchkey.profile;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A change to what a profile shows, parsed and valid. Applying it to the stored profile gives the new one.
 *
 * @param photoHash the photo's content address
 */
public record ProfileChange(Edit locale, Edit bio, Edit name, Edit nickname, Edit photoHash) {
    private static final Edit KEEP = new Edit.Keep();

    /** Reads the fields that need nothing but themselves; refused ones are added to {@code refused} and kept as is. */
    public static ProfileChange parse(ProfileInput input, List<InvalidField> refused) {
        return new ProfileChange(
                edit(input, ProfileField.LOCALE, input.locale(), ProfileText::locale, refused),
                edit(input, ProfileField.BIO, input.bio(), ProfileText::bio, refused),
                edit(input, ProfileField.NAME, input.name(), ProfileText::name, refused),
                edit(input, ProfileField.NICKNAME, input.nickname(), ProfileText::nickname, refused),
                input.removePhoto() ? new Edit.Replace(null) : KEEP);
    }

    private static Edit edit(
            ProfileInput input,
            ProfileField field,
            @Nullable String typed,
            Function<String, ProfileText.Parsed> parser,
            List<InvalidField> refused) {
        if (typed == null || isAsShown(typed, input.base().get(field))) {
            return KEEP;
        }
        return switch (parser.apply(typed)) {
            case ProfileText.Parsed.Text text -> new Edit.Replace(text.value().isEmpty() ? null : text.value());
            case ProfileText.Parsed.Refused reject -> {
                refused.add(new InvalidField(field, reject.reason()));
                yield KEEP;
            }
        };
    }

    /** Forms send line breaks as CR LF, whatever they were given. */
    private static boolean isAsShown(String typed, @Nullable String shown) {
        return typed.replace("\r\n", "\n").equals(shown);
    }

    /**
     * Whether it cannot be applied to what is stored, because somebody else changed that since the caller looked.
     *
     * @param version the version the caller looked at; absent when it does not care
     * @param base what the caller saw then; with it only a field that both changed is in the way
     */
    boolean conflicts(Profile stored, @Nullable Long version, Map<ProfileField, String> base) {
        return version != null
                && version != stored.version()
                && (base.isEmpty() || !disputed(stored, base).isEmpty());
    }

    /**
     * The fields that somebody else changed as well since the caller saw them, and to something else.
     *
     * @param base what the caller saw; a field that is not in it counts as changed
     */
    Set<ProfileField> disputed(Profile stored, Map<ProfileField, String> base) {
        Set<ProfileField> disputed = difference(stored, over(stored, stored.updatedAt()));
        disputed.removeIf(
                field -> Objects.requireNonNullElse(stored.value(field), "").equals(base.get(field)));
        return disputed;
    }

    ProfileChange withPhoto(String hash) {
        return new ProfileChange(locale, bio, name, nickname, new Edit.Replace(hash));
    }

    /** The profile after this change, one version further. */
    Profile over(Profile stored, Instant now) {
        return new Profile(
                stored.accountId(),
                name.over(stored.name()),
                nickname.over(stored.nickname()),
                bio.over(stored.bio()),
                locale.over(stored.locale()),
                photoHash.over(stored.photoHash()),
                stored.version() + 1,
                now);
    }

    /** The fields in which two profiles differ. */
    static Set<ProfileField> difference(Profile before, Profile after) {
        Set<ProfileField> fields = EnumSet.allOf(ProfileField.class);
        fields.removeIf(field -> Objects.equals(before.value(field), after.value(field)));
        return fields;
    }
}
