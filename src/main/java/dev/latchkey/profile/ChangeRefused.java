package dev.latchkey.profile;

import dev.latchkey.photo.PhotoResult;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a change is not kept, whoever asks for it; nothing was written. */
public sealed interface ChangeRefused extends SaveOutcome, OwnOutcome {

    /**
     * Some fields cannot be kept.
     *
     * @param fields which and why, at least one
     * @param photo why the photo that came with them cannot be kept either; absent where it can, or where none came
     */
    record InvalidFields(
            List<InvalidField> fields, @Nullable ChangeRefused photo) implements ChangeRefused {

        /** The photo is not among them. */
        public InvalidFields(List<InvalidField> fields) {
            this(fields, null);
        }
    }

    /**
     * The photo cannot be kept.
     *
     * @param reason why
     */
    record PhotoRefused(PhotoResult.Reason reason) implements ChangeRefused {}

    /**
     * The account has uploaded too many photos.
     *
     * @param retryAfter when the next one is taken
     */
    record TooManyUploads(Duration retryAfter) implements ChangeRefused {}
}
