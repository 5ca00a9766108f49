package dev.latchkey.profile.proposal;

import dev.latchkey.profile.ProfileField;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an assistant proposes for a profile, valid by itself. Nothing of it is applied but by the person's own Save; it
 * is gone as soon as its link is.
 *
 * @param linkId the link whose page shows it
 * @param photo a portrait as JPEG, reachable with the link only
 */
@MappedEntity("proposals")
public record Proposal(
        @Id String linkId,
        @Nullable String locale,
        @Nullable String bio,
        @Nullable String name,
        @Nullable String nickname,
        // Micronaut Data reads the first annotation, the checker the second.
        @jakarta.annotation.Nullable byte @Nullable [] photo) {
    /** Proposes nothing. */
    public static final Proposal NONE = new Proposal("", null, null, null, null, null);

    /** The fields for which it has something. */
    public List<ProfileField> fields() {
        List<ProfileField> fields = new ArrayList<>();
        note(fields, ProfileField.BIO, bio);
        note(fields, ProfileField.LOCALE, locale);
        note(fields, ProfileField.NAME, name);
        note(fields, ProfileField.NICKNAME, nickname);
        note(fields, ProfileField.PHOTO, photo);
        return List.copyOf(fields);
    }

    /** The same with a portrait. */
    public Proposal withPhoto(byte @Nullable [] jpeg) {
        return new Proposal(linkId, locale, bio, name, nickname, jpeg);
    }

    Proposal of(String link) {
        return new Proposal(link, locale, bio, name, nickname, photo);
    }

    private static void note(List<ProfileField> fields, ProfileField field, @Nullable Object value) {
        if (value != null) {
            fields.add(field);
        }
    }
}
