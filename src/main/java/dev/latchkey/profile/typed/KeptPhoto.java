package dev.latchkey.profile.typed;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import org.jspecify.annotations.Nullable;

/**
 * A photo that came with a form that could not be saved.
 *
 * @param linkId the link that the form was opened with; absent where its sender is signed in
 * @param sessionId theirs then
 * @param jpeg a finished portrait
 */
@MappedEntity("kept_photos")
record KeptPhoto(@Id @Nullable String linkId, @Nullable String sessionId, byte[] jpeg) {}
