package dev.latchkey.account;

/** Whether an account may be used. */
public enum AccountStatus {
    ACTIVE,
    /** By an operator: no links, no sign-in. */
    BLOCKED,
    /** By its owner, who can still take it back: as if there were none, but for whoever wants its address or nickname. */
    CLOSED
}
