package dev.latchkey.history;

import dev.latchkey.account.Account;
import dev.latchkey.magiclink.Inspection;
import java.util.List;

/** What undoing can lead to; {@link Look} is what looking can. */
public sealed interface UndoOutcome permits UndoOutcome.Undone, UndoOutcome.Refused {

    /** What is seen of an undo before anybody does it. */
    sealed interface Look permits Open, Refused {}

    /**
     * It can be done.
     *
     * @param account as it was looked at
     * @param change what would be taken back
     */
    record Open(Account account, Change change) implements Look {}

    /**
     * It was done.
     *
     * @param account as it was until then
     * @param restored keys of what was put back
     * @param token of the notice: it opens nothing any more, but still tells what was put back
     */
    record Undone(Account account, List<String> restored, String token) implements UndoOutcome {}

    /** It cannot be done any more, or never could; the account's are the fields of the refusal's change. */
    record Refused(Inspection.Refused refusal) implements UndoOutcome, Look {}
}
