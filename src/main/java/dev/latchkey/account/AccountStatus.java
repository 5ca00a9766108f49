package dev.latchkey.account;

/** Whether an account may be used. */
public enum AccountStatus {
    ACTIVE,
    /** By an operator: no links, no sign-in. */
    BLOCKED
}
