package dev.latchkey.profile.upgrade;

import java.util.List;

/** What asking for PRO can lead to. */
public sealed interface UpgradeOutcome {

    /** The account is PRO, perhaps for long. */
    record Pro() implements UpgradeOutcome {}

    /**
     * Something is missing; nothing was changed.
     *
     * @param conditions which, at least one
     */
    record Missing(List<ProCondition> conditions) implements UpgradeOutcome {}

    /** The account was deleted or blocked meanwhile, or the link was used. */
    record Gone() implements UpgradeOutcome {}
}
