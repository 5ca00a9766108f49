package dev.latchkey.membership;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.profile.ProfileView;
import java.util.UUID;

/** What looking at a link that confirms, or using it, can lead to. */
public sealed interface ConfirmationOutcome {

    /** The link opens this, still unused. */
    record Opened(Inspection.Open link, ProfileView view) implements ConfirmationOutcome {}

    /** The mailbox is proved, and the link is gone. */
    record Confirmed(UUID accountId, EmailAddress owner) implements ConfirmationOutcome {}

    /** The passphrase cannot be kept; nothing was written, and the link lives on. */
    record InvalidPassphrase(Inspection.Open link, ProfileView view, InvalidField why) implements ConfirmationOutcome {}

    /** The link opens nothing, or somebody else was faster. */
    record LinkRefused(Inspection.Refused refusal) implements ConfirmationOutcome {}
}
