package dev.latchkey.history;

import dev.latchkey.account.Account;
import dev.latchkey.magiclink.Inspection;
import java.util.List;

/** What looking at an undo, or doing it, can lead to. */
public sealed interface UndoOutcome {

    /**
     * It can be done.
     *
     * @param account as it was looked at
     * @param change what would be taken back
     */
    record Open(Account account, Change change) implements UndoOutcome {}

    /**
     * It was done.
     *
     * @param account as it was until then
     * @param restored keys of what was put back
     * @param token of the notice: it opens nothing any more, but still tells what was put back
     */
    record Undone(Account account, List<String> restored, String token) implements UndoOutcome {}

    /** It cannot be done any more, or never could; the account's are the fields of the refusal's change. */
    record Refused(Inspection.Refused refusal) implements UndoOutcome {}
}
