package dev.latchkey.mail;

import java.util.regex.Pattern;

/** The last look at an address before it goes into an SMTP command. */
public final class Addresses {
    /** Angus cuts other characters to their low byte, and mail would go to somebody else's mailbox. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+");

    private Addresses() {}

    /** Whether it is one ASCII mailbox with nothing around it. */
    public static boolean plain(String address) {
        return PLAIN.matcher(address).matches();
    }
}
