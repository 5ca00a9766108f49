package dev.latchkey.account;

/** What an account has earned. */
public enum Tier {
    FREE,
    PRO
}
