package dev.latchkey.magiclink;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import java.util.UUID;

/** Whom a link is asked for, as the caller named them. */
public sealed interface Subject {

    /** The name itself; kept as a keyed digest only, as not everybody who is asked for ever registered. */
    String name();

    /** How an account is named that was found by a link of its own. */
    static String nameOf(UUID accountId) {
        return "account:" + accountId;
    }

    /** By address. */
    record ByEmail(EmailAddress email) implements Subject {
        @Override
        public String name() {
            return "email:" + email;
        }
    }

    /** By public number. */
    record ByPin(Pin pin) implements Subject {
        @Override
        public String name() {
            return "pin:" + pin;
        }
    }
}
