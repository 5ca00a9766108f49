package dev.latchkey.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eclipse.angus.mail.util.QPEncoderStream;

/**
 * One of the two texts of a mail, with places for values. What lies between the places is encoded once and for all: a mail
 * writes its values alone.
 */
final class MailForm {
    /** RFC 5322 section 2.1.1 allows 998 characters. */
    private static final int LONGEST_LINE = 990;

    private static final String NEW_LINE = "\r\n";

    /** Continues the line, which the reader never sees broken (RFC 2045 section 6.7). */
    private static final String SOFT_BREAK = "=\r\n";

    /** Every other one is the name of a value. */
    private final String[] pieces;

    private final String[] encoded;
    private final UnaryOperator<String> escape;
    private final boolean plain;

    /** @param escape what is done with values before they are shown */
    MailForm(String[] pieces, UnaryOperator<String> escape) {
        this.pieces = pieces.clone();
        this.escape = escape;
        encoded = new String[pieces.length];
        boolean ascii = true;
        for (int i = 0; i < pieces.length; i += 2) {
            encoded[i] = quoted(pieces[i]);
            ascii &= isAscii(pieces[i]);
        }
        plain = ascii;
    }

    /** As it is read. */
    String text(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces.length; i++) {
            text.append(i % 2 == 0 ? pieces[i] : value(i, values));
        }
        return text.toString();
    }

    /**
     * As it is mailed. Left to itself the mail library would choose base64 for most scripts, which filters distrust. Lines
     * of plain ASCII stay as they are, so that a link is whole even in the raw message.
     *
     * @param type such as {@code text/plain; charset=UTF-8}
     * @param text what {@link #text} shows of the same values
     */
    MimeBodyPart part(String type, String text, Map<String, String> values) throws MessagingException {
        boolean sevenBits = plain && isAscii(text) && text.lines().allMatch(line -> line.length() <= LONGEST_LINE);
        InternetHeaders headers = new InternetHeaders();
        headers.setHeader("Content-Type", type);
        headers.setHeader("Content-Transfer-Encoding", sevenBits ? "7bit" : "quoted-printable");
        String content = sevenBits ? text : encoded(values);
        return new MimeBodyPart(headers, content.getBytes(StandardCharsets.US_ASCII));
    }

    private String encoded(Map<String, String> values) {
        StringBuilder mail = new StringBuilder();
        for (int i = 0; i < pieces.length; i++) {
            String next = i % 2 == 0 ? encoded[i] : quoted(value(i, values));
            mail.append(next);
            if (!next.isEmpty() && !next.endsWith(NEW_LINE) && i + 1 < pieces.length) {
                mail.append(SOFT_BREAK);
            }
        }
        return mail.toString();
    }

    private String value(int piece, Map<String, String> values) {
        return escape.apply(values.getOrDefault(pieces[piece], ""));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String quoted(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + text.length() / 2);
        try (QPEncoderStream encoder = new QPEncoderStream(bytes)) {
            encoder.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }
}
