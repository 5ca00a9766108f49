package dev.latchkey.profile;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.photo.PhotoResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What saving through a magic link can lead to. In every case but {@link Saved} nothing was written. */
public sealed interface SaveOutcome {

    /**
     * Everything was written, and the link is gone.
     *
     * @param changed the fields that are different now
     * @param owner whose mailbox the link was mailed to
     * @param photoBefore what the profile showed until then
     */
    record Saved(
            Set<ProfileField> changed,
            EmailAddress owner,
            @Nullable String photoBefore) implements SaveOutcome {}

    /** Everything is already as asked; the link lives on. */
    record Unchanged() implements SaveOutcome {}

    /** The link opens nothing, or somebody else was faster. */
    record LinkRefused(Inspection.Refused refusal) implements SaveOutcome {}

    /**
     * Some fields cannot be kept; the link lives on.
     *
     * @param fields which and why, at least one
     */
    record InvalidFields(List<InvalidField> fields) implements SaveOutcome {}

    /**
     * The photo cannot be kept; the link lives on.
     *
     * @param reason why
     */
    record PhotoRefused(PhotoResult.Reason reason) implements SaveOutcome {}

    /**
     * The account has uploaded too many photos; the link lives on.
     *
     * @param retryAfter when the next one is taken
     */
    record TooManyUploads(Duration retryAfter) implements SaveOutcome {}

    /**
     * The profile changed since the caller looked; the link lives on.
     *
     * @param link the link, still unused
     * @param current what is stored now
     * @param fields those that the caller would have written over
     */
    record VersionConflict(Inspection.Open link, ProfileView current, Set<ProfileField> fields)
            implements SaveOutcome {}
}
