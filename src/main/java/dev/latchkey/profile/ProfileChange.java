package dev.latchkey.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A change to what a profile shows, parsed and valid. Applying it to the stored profile gives the new one.
 *
 * @param photoHash the photo's content address
 */
record ProfileChange(Edit locale, Edit bio, Edit name, Edit nickname, Edit photoHash) {
    private static final Edit KEEP = new Edit.Keep();

    /** Reads the fields that need nothing but themselves; refused ones are added to {@code refused} and kept as is. */
    static ProfileChange parse(ProfileInput input, List<InvalidField> refused) {
        return new ProfileChange(
                edit(ProfileField.LOCALE, input.locale(), ProfileText::locale, refused),
                edit(ProfileField.BIO, input.bio(), ProfileText::bio, refused),
                edit(ProfileField.NAME, input.name(), ProfileText::name, refused),
                edit(ProfileField.NICKNAME, input.nickname(), ProfileText::nickname, refused),
                input.removePhoto() ? new Edit.Replace(null) : KEEP);
    }

    private static Edit edit(
            ProfileField field,
            @Nullable String typed,
            Function<String, ProfileText.Parsed> parser,
            List<InvalidField> refused) {
        if (typed == null) {
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
        List<ProfileField> fields = new ArrayList<>();
        note(fields, ProfileField.BIO, before.bio(), after.bio());
        note(fields, ProfileField.LOCALE, before.locale(), after.locale());
        note(fields, ProfileField.NAME, before.name(), after.name());
        note(fields, ProfileField.NICKNAME, before.nickname(), after.nickname());
        note(fields, ProfileField.PHOTO, before.photoHash(), after.photoHash());
        return fields.isEmpty() ? EnumSet.noneOf(ProfileField.class) : EnumSet.copyOf(fields);
    }

    private static void note(
            List<ProfileField> fields, ProfileField field, @Nullable String before, @Nullable String after) {
        if (!Objects.equals(before, after)) {
            fields.add(field);
        }
    }
}
