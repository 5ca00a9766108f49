package dev.latchkey.profile;

import dev.latchkey.photo.PhotoResult;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What changing one's own profile can lead to. In every case but {@link Stored} nothing was written. */
public sealed interface OwnOutcome {

    /**
     * It is as asked for.
     *
     * @param view what is stored now
     * @param photoBefore what the profile showed until then
     */
    record Stored(ProfileView view, @Nullable String photoBefore) implements OwnOutcome {}

    /** There is a profile already. */
    record Exists() implements OwnOutcome {}

    /** There is no profile yet. */
    record NoProfile() implements OwnOutcome {}

    /** The account was deleted or blocked meanwhile. */
    record Gone() implements OwnOutcome {}

    /**
     * The profile changed since the caller looked.
     *
     * @param current what is stored now
     */
    record Stale(ProfileView current) implements OwnOutcome {}

    /**
     * Some fields cannot be kept.
     *
     * @param fields which and why, at least one
     */
    record InvalidFields(List<InvalidField> fields) implements OwnOutcome {}

    /**
     * The photo cannot be kept.
     *
     * @param reason why
     */
    record PhotoRefused(PhotoResult.Reason reason) implements OwnOutcome {}

    /**
     * The account has uploaded too many photos.
     *
     * @param retryAfter when the next one is taken
     */
    record TooManyUploads(Duration retryAfter) implements OwnOutcome {}
}
