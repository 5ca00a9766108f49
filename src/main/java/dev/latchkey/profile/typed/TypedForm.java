package dev.latchkey.profile.typed;

import dev.latchkey.database.StoredAsText;
import dev.latchkey.profile.ProfileField;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * What was typed for one account in one browser, and is saved nowhere.
 *
 * @param id a keyed digest of both, by which nobody finds the browser
 * @param texts by field
 */
@MappedEntity("typed_forms")
record TypedForm(
        @Id String id,
        @StoredAsText UUID accountId,

        @TypeDef(type = DataType.JSON) Map<ProfileField, String> texts,

        Instant typedAt) {}
