package dev.latchkey.profile.proposal;

import dev.latchkey.profile.ProfileField;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an assistant proposes for a profile, valid by itself, and what waits behind a link for the person's own Save. It is gone as
 * soon as the link is.
 *
 * @param linkId the link whose page shows it
 * @param texts by field, those for which it has something
 * @param photo the proposed portrait as JPEG, reachable with the link only
 */
@MappedEntity("proposals")
public record Proposal(
        @Id String linkId,

        @TypeDef(type = DataType.JSON) Map<ProfileField, String> texts,
        // Micronaut Data reads the first annotation, the checker the second.
        @jakarta.annotation.Nullable byte @Nullable [] photo) {
    /** Proposes nothing. */
    public static final Proposal NONE = of(Map.of());

    /** Proposes texts. */
    public static Proposal of(Map<ProfileField, String> texts) {
        return new Proposal("", texts, null);
    }

    /** The fields for which it has something. */
    public Set<ProfileField> fields() {
        Set<ProfileField> fields = EnumSet.noneOf(ProfileField.class);
        fields.addAll(texts.keySet());
        if (photo != null) {
            fields.add(ProfileField.PHOTO);
        }
        return fields;
    }

    /** The same with a portrait. */
    public Proposal withPhoto(byte @Nullable [] jpeg) {
        return new Proposal(linkId, texts, jpeg);
    }

    /** The same for the link of this id. */
    public Proposal with(String link) {
        return new Proposal(link, texts, photo);
    }
}
