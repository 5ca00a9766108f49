package dev.latchkey.profile;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.magiclink.Inspection;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What saving through a magic link can lead to. In every case but {@link Saved} nothing was written, and unless the link
 * is what was refused it lives on.
 */
public sealed interface SaveOutcome
        permits SaveOutcome.Saved,
                SaveOutcome.Unchanged,
                SaveOutcome.LinkRefused,
                SaveOutcome.VersionConflict,
                ChangeRefused {

    /**
     * Everything was written, and the link is gone.
     *
     * @param changed the fields that are different now
     * @param accountId whose profile it is
     * @param owner whose mailbox the link was mailed to
     * @param photoBefore what the profile showed until then
     */
    record Saved(
            Set<ProfileField> changed,
            UUID accountId,
            EmailAddress owner,
            @Nullable String photoBefore) implements SaveOutcome {}

    /** Everything is already as asked. */
    record Unchanged() implements SaveOutcome {}

    /** The link opens nothing, or somebody else was faster. */
    record LinkRefused(Inspection.Refused refusal) implements SaveOutcome {}

    /**
     * The profile changed since the caller looked.
     *
     * @param link the link, still unused
     * @param current what is stored now
     * @param fields those that the caller would have written over
     */
    record VersionConflict(Inspection.Open link, ProfileView current, Set<ProfileField> fields)
            implements SaveOutcome {}
}
