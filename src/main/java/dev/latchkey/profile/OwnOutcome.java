package dev.latchkey.profile;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What changing one's own profile can lead to. In every case but {@link Stored} nothing was written. */
public sealed interface OwnOutcome permits OwnOutcome.Stored, OwnOutcome.Gone, OwnOutcome.Stale, ChangeRefused {

    /**
     * It is as asked for.
     *
     * @param view what is stored now
     * @param photoBefore what the profile showed until then
     * @param changed the fields that are different now; none where all was stored already
     */
    record Stored(ProfileView view, @Nullable String photoBefore, Set<ProfileField> changed) implements OwnOutcome {}

    /** The account was deleted or blocked meanwhile, or the session that asks was ended. */
    record Gone() implements OwnOutcome {}

    /**
     * The profile is not what the caller took it for: it changed since they looked, there is one where they would make the
     * first, or none where they would change one.
     *
     * @param current what is stored now
     * @param fields those that the caller would have written over
     */
    record Stale(ProfileView current, Set<ProfileField> fields) implements OwnOutcome {}
}
