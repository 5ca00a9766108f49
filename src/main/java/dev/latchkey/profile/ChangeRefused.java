package dev.latchkey.profile;

import dev.latchkey.photo.PhotoResult;
import java.time.Duration;
import java.util.List;

/** Why a change is not kept, whoever asks for it; nothing was written. */
public sealed interface ChangeRefused extends SaveOutcome, OwnOutcome {

    /**
     * Some fields cannot be kept.
     *
     * @param fields which and why, at least one
     */
    record InvalidFields(List<InvalidField> fields) implements ChangeRefused {}

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
