package dev.latchkey.mail.smtp;

import dev.latchkey.text.ShortAddress;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an SMTP failure means (RFC 5321 section 4.2).
 *
 * @param code the server's reply code; absent when the connection failed
 * @param text what the server or the network said, fit to be stored and logged
 */
public record SmtpFailure(@Nullable Integer code, String text) {
    private static final int MOST = 200;
    private static final int UNAVAILABLE = 421;

    /** Content filters quote what they dislike, and what they dislike is the link. */
    private static final Pattern LINK = Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]*://\\S*");

    /** Nothing that could be a token of 128 bits or more. */
    private static final Pattern LONG_WORD = Pattern.compile("[A-Za-z0-9_-]{22,}");

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\s]+");

    static SmtpFailure of(Exception failure) {
        Throwable telling = failure;
        for (Exception next = failure; next != null; next = next(next)) {
            Integer code = code(next);
            if (code != null) {
                return new SmtpFailure(code, printable(next));
            }
            telling = next;
        }
        return new SmtpFailure(null, printable(telling));
    }

    /** What it means for the mail. */
    SmtpReply reply(SmtpBlame blame) {
        return isFinal() && blame == SmtpBlame.MAIL ? new SmtpReply.Refused(text) : new SmtpReply.NotNow(text, blame);
    }

    /** Whether the same mail would fail again, as far as it is the mail's own fault: unless the text says "later". */
    boolean isFinal() {
        return code != null && code >= 500 && !SmtpBlame.enhancedStatus(text).startsWith("4");
    }

    /**
     * Whom the server minds.
     *
     * @param senderTaken whether it had nothing against MAIL FROM, before which nothing of the mail itself is said
     */
    SmtpBlame blame(boolean senderTaken) {
        if (!senderTaken) {
            return SmtpBlame.SERVER;
        }
        return code == null ? SmtpBlame.MAIL : SmtpBlame.of(code, text);
    }

    /** Whether the connection is of no use any more. */
    boolean endsConnection() {
        return code == null || code == UNAVAILABLE;
    }

    public static String printable(Throwable failure) {
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        if (failure instanceof AuthenticationFailedException) {
            text = "Authentication failed: " + text;
        }
        return scrub(text);
    }

    /** What the server said, fit to be shown. */
    public static String printable(String answer) {
        return scrub(answer);
    }

    static String scrub(String text) {
        String line = CONTROL.matcher(text).replaceAll(" ").strip();
        line = ShortAddress.in(LINK.matcher(line).replaceAll("<address>"));
        line = LONG_WORD.matcher(line).replaceAll("<...>");
        return line.length() <= MOST ? line : line.substring(0, MOST);
    }

    private static @Nullable Exception next(Exception failure) {
        return failure instanceof MessagingException mail ? mail.getNextException() : null;
    }

    private static @Nullable Integer code(Exception failure) {
        int code = switch (failure) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSenderFailedException sender -> sender.getReturnCode();
            case SMTPSendFailedException send -> send.getReturnCode();
            default -> -1;
        };
        return code < 0 ? null : code;
    }
}
