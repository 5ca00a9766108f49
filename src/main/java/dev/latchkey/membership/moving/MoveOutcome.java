package dev.latchkey.membership.moving;

import dev.latchkey.account.Account;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.magiclink.Inspection;
import java.util.UUID;

/** What looking at a link that moves an account to another mailbox, or using it, can lead to. */
public sealed interface MoveOutcome {

    /**
     * It can be moved.
     *
     * @param id names the wish
     * @param account as it was looked at
     * @param to where to
     */
    record Open(UUID id, Account account, EmailAddress to) implements MoveOutcome {}

    /**
     * It was moved.
     *
     * @param from the address that it had until then
     */
    record Moved(Account account, EmailAddress from, EmailAddress to) implements MoveOutcome {}

    /** Somebody else has the address by now; nothing was changed, and the link lives on. */
    record Taken(Account account, EmailAddress to) implements MoveOutcome {}

    /** The link opens nothing, or somebody else was faster. */
    record LinkRefused(Inspection.Refused refusal) implements MoveOutcome {}
}
