package dev.latchkey.magiclink;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;

/** Whom a link is asked for, as the caller named them. */
public sealed interface Subject {

    /** By address. */
    record ByEmail(EmailAddress email) implements Subject {}

    /** By public number. */
    record ByPin(Pin pin) implements Subject {}
}
