package dev.latchkey.mail;

import dev.latchkey.mail.smtp.SmtpSession;
import jakarta.activation.DataHandler;
import jakarta.inject.Singleton;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Turns a letter into a MIME message: text first, HTML second, both in the recipient's language.
 *
 * <p>Marked as automatic (RFC 3834), so that no absence assistant answers; nothing in it is fetched from anywhere, and
 * nothing tells us that it was read.
 */
@Singleton
public class MailComposer {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    /** RFC 5322 section 2.1.1 allows 998 characters. */
    private static final int LONGEST_LINE = 990;

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final SmtpSession smtp;
    private final MailTemplates templates;
    private final MailTexts texts;
    private final Clock clock;

    MailComposer(SmtpSession smtp, MailTemplates templates, MailTexts texts, Clock clock) {
        this.smtp = smtp;
        this.templates = templates;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * Writes the message.
     *
     * @param mailId decides the Message-ID, so that a second copy of the same mail is known as such
     * @throws UnusableAddress when the recipient is not one plain ASCII address
     */
    public MimeMessage compose(UUID mailId, MailContent.Message letter) {
        if (!Addresses.plain(letter.to())) {
            throw new UnusableAddress();
        }
        Locale locale = texts.written(letter.locale());
        Map<String, Object> model = new HashMap<>();
        letter.model().forEach((key, value) -> model.put(key, readable(locale, value)));
        String subject = subject(locale, letter);
        model.put("wording", letter.wording());
        model.put("subject", subject);
        model.put("lang", locale.toLanguageTag());
        try {
            MimeMultipart alternatives = new MimeMultipart(
                    "alternative",
                    part(templates.render(letter.view() + ".txt", locale, model), "plain"),
                    part(templates.render(letter.view() + ".html", locale, model), "html"));
            return message(mailId, letter.to(), subject, locale, alternatives);
        } catch (MessagingException e) {
            throw new IllegalStateException("A message that cannot be written", e);
        }
    }

    private MimeMessage message(UUID mailId, String to, String subject, Locale locale, MimeMultipart alternatives)
            throws MessagingException {
        MimeMessage message = new Identified(smtp, "<" + mailId + "@" + smtp.domain() + ">");
        message.setFrom(smtp.from());
        message.setRecipient(RecipientType.TO, new InternetAddress(to, true));
        message.setSubject(subject, UTF_8);
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        message.setHeader("Content-Language", locale.toLanguageTag());
        message.setContent(alternatives);
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        // Bytes, because Angus writes the characters of a text one by one through a chain of streams.
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(
                text.getBytes(StandardCharsets.UTF_8), "text/" + subtype + "; charset=" + UTF_8)));
        // Left to itself Angus would choose base64 for most scripts, which filters distrust. Lines of plain ASCII stay
        // as they are, so that a link is whole even in the raw message.
        part.setHeader("Content-Transfer-Encoding", plain(text) ? "7bit" : "quoted-printable");
        return part;
    }

    /** A loop, because streams over the characters of every mail were a twentieth of the work of sending it. */
    private static boolean plain(String text) {
        int lineStart = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                lineStart = i + 1;
            }
            if (c >= 0x80 || i - lineStart >= LONGEST_LINE) {
                return false;
            }
        }
        return true;
    }

    private String subject(Locale locale, MailContent.Message letter) {
        Object[] arguments = letter.subjectArguments().stream()
                .map(argument -> readable(locale, argument))
                .toArray();
        String subject = texts.text(locale, "mail." + letter.wording() + ".subject", arguments);
        // A line break in a header would begin another one.
        return CONTROL.matcher(subject).replaceAll(" ").strip();
    }

    private Object readable(Locale locale, Object value) {
        return switch (value) {
            case Duration duration -> duration(locale, duration);
            case Instant instant ->
                DateTimeFormatter.ofPattern(texts.text(locale, "mail.time"), locale)
                        .format(instant.atOffset(ZoneOffset.UTC));
            case List<?> list -> list;
            default -> value.toString();
        };
    }

    /** In the largest unit that comes out even, never less than a minute. */
    private String duration(Locale locale, Duration duration) {
        long minutes = Math.max(1, duration.toMinutes());
        if (minutes % 1440 == 0) {
            return count(locale, "days", minutes / 1440);
        }
        return minutes % 60 == 0 ? count(locale, "hours", minutes / 60) : count(locale, "minutes", minutes);
    }

    private String count(Locale locale, String unit, long number) {
        return texts.text(locale, "mail." + unit + (number == 1 ? ".one" : ".other"), number);
    }

    /** A message that keeps the identity it was given. */
    private static final class Identified extends MimeMessage {
        private final String id;

        Identified(SmtpSession smtp, String id) {
            super(smtp.session());
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
