package dev.latchkey.mail;

import dev.latchkey.config.Brand;
import dev.latchkey.config.MailSettings;
import dev.latchkey.config.SenderAddress;
import dev.latchkey.text.Durations;
import dev.latchkey.text.Texts;
import io.micronaut.email.Contact;
import io.micronaut.email.Email;
import io.micronaut.email.MultipartBody;
import jakarta.activation.DataHandler;
import jakarta.inject.Singleton;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Writes mails as text and HTML, both in the recipient's language. */
@Singleton
public class MailComposer {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    /** RFC 5322 section 2.1.1 allows 998 characters. */
    private static final int LONGEST_LINE = 990;

    private final MailTemplates templates;
    private final Clock clock;
    private final MessageIds ids;
    private final MailSignature signature;
    private final SenderAddress sender;
    private final String senderName;

    MailComposer(
            MailTemplates templates,
            MessageIds ids,
            Clock clock,
            MailSettings settings,
            Brand brand,
            MailSignature signature) {
        this.templates = templates;
        this.ids = ids;
        this.clock = clock;
        this.signature = signature;
        sender = settings.sender();
        senderName = Objects.requireNonNullElse(sender.name(), brand.name());
    }

    /**
     * A mail that is written.
     *
     * @param headers gives the message that was made from the email what emails do not know, immediately before it is
     *     sent
     */
    public record Composed(Email email, Consumer<Message> headers) {}

    /**
     * Writes a mail.
     *
     * @param mailId decides the Message-ID, so that a second copy of the same mail is known as such
     * @return empty when the recipient is not one plain ASCII address
     */
    public Optional<Composed> compose(UUID mailId, MailContent.Message content) {
        if (!SenderAddress.isPlain(content.to())) {
            return Optional.empty();
        }
        Locale locale = templates.written(content.locale());
        String subject = subject(locale, content);
        Map<String, Object> fixed = new HashMap<>(Map.of("wording", content.wording(), "lang", locale.toLanguageTag()));
        Map<String, String> values = new HashMap<>(Map.of("subject", subject, "to", content.to()));
        content.model().forEach((key, value) -> {
            if (value instanceof List<?>) {
                fixed.put(key, value);
            } else {
                values.put(key, readable(locale, value));
            }
        });
        String text = templates.render(content.view() + ".txt", locale, fixed, values);
        String html = templates.render(content.view() + ".html", locale, fixed, values);
        Email email = Email.builder()
                .from(new Contact(sender.address(), senderName))
                .to(content.to())
                .subject(subject)
                .body(new MultipartBody(html, text))
                .build();
        return Optional.of(new Composed(email, message -> complete(message, ids.of(mailId, content.to()), locale)));
    }

    /**
     * Marks it as automatic (RFC 3834), so that no absence assistant answers, and says which mail it is, when it is sent
     * and in which language; and signs all of that.
     */
    private void complete(Message message, String messageId, Locale locale) {
        try {
            message.setSentDate(Date.from(clock.instant()));
            message.setHeader("Auto-Submitted", "auto-generated");
            message.setHeader("X-Auto-Response-Suppress", "All");
            message.setHeader("Content-Language", locale.toLanguageTag());
            Multipart parts = (Multipart) message.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                encode(parts.getBodyPart(i));
            }
            message.saveChanges();
            // Only now, because saving gives a message an identity of its own.
            message.setHeader("Message-ID", messageId);
            signature.sign((MimeMessage) message);
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("A message that cannot be written", e);
        }
    }

    private static void encode(BodyPart part) throws MessagingException, IOException {
        String text = (String) part.getContent();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // Angus writes a string byte by byte, and this in one piece.
        part.setDataHandler(new DataHandler(
                new ByteArrayDataSource(bytes, part.getDataHandler().getContentType())));
        // Left to itself Angus would choose base64 for most scripts, which filters distrust. Lines of plain ASCII stay
        // as they are, so that a link is whole even in the raw message.
        boolean plain = bytes.length == text.length() && text.lines().allMatch(line -> line.length() <= LONGEST_LINE);
        part.setHeader("Content-Transfer-Encoding", plain ? "7bit" : "quoted-printable");
    }

    private String subject(Locale locale, MailContent.Message content) {
        Object[] arguments = content.subjectArguments().stream()
                .map(argument -> readable(locale, argument))
                .toArray();
        String subject = templates.text(locale, "mail." + content.wording() + ".subject", arguments);
        // A line break in a header would begin another one.
        return CONTROL.matcher(subject).replaceAll(" ").strip();
    }

    private static String readable(Locale locale, Object value) {
        return switch (value) {
            case Duration span -> Durations.span(locale, span);
            case Instant moment -> Texts.moment(locale, moment);
            default -> value.toString();
        };
    }
}
