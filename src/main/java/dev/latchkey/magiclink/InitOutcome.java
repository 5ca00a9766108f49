package dev.latchkey.magiclink;

/** What asking for a link by a name can lead to, where it is no secret who has an account. */
public sealed interface InitOutcome permits LinkOutcome, InitOutcome.UserNotFound, InitOutcome.AccountBlocked {

    /** No account has this address or number. */
    record UserNotFound() implements InitOutcome {}

    /** An operator blocked the account. */
    record AccountBlocked() implements InitOutcome {}
}
