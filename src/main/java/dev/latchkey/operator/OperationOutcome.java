package dev.latchkey.operator;

/** What an operation on an account can lead to. */
public sealed interface OperationOutcome {

    /**
     * It was done, it is in the account's history, and its owner was told.
     *
     * @param account as it is since; of one that was deleted, as it was until then
     */
    record Done(AccountFacts account) implements OperationOutcome {}

    /** There was nothing to do, and nothing was written. */
    record Unchanged(AccountFacts account) implements OperationOutcome {}

    /** There is no such account, perhaps no more. */
    record NoAccount() implements OperationOutcome {}
}
