package dev.latchkey.config;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who our mails come from: one ASCII mailbox.
 *
 * @param name what mail readers show beside it, if anything
 */
public record SenderAddress(String address, @Nullable String name) {
    /** Angus cuts other characters to their low byte, and mail would go to somebody else's mailbox. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+");

    /**
     * Reads it as people write it, such as {@code Latchkey <latchkey@example.com>}.
     *
     * @throws IllegalArgumentException that goes on after the name of the setting: "is not an address"
     */
    public static SenderAddress parse(String written) {
        try {
            InternetAddress[] senders = InternetAddress.parse(written.strip(), true);
            if (senders.length != 1 || senders[0].isGroup()) {
                throw new IllegalArgumentException("is not exactly one address");
            }
            senders[0].validate();
            String address = senders[0].getAddress();
            if (!StandardCharsets.US_ASCII.newEncoder().canEncode(address)) {
                throw new IllegalArgumentException("has an address that is not ASCII");
            }
            if (!isPlain(address)) {
                throw new IllegalArgumentException("has an address with quotes or brackets in it");
            }
            return new SenderAddress(address, senders[0].getPersonal());
        } catch (AddressException e) {
            throw new IllegalArgumentException("is not an address", e);
        }
    }

    /** Whether it is one ASCII mailbox with nothing around it: all that may go into an SMTP command. */
    public static boolean isPlain(String address) {
        return PLAIN.matcher(address).matches();
    }

    /** What keeps a text from being a sender; null when nothing does. */
    public static @Nullable String objection(String from, boolean dev) {
        try {
            boolean dotted = parse(from).domain().contains(".");
            return dotted || dev ? null : "has an address without a full domain";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    public String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
