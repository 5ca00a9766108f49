package dev.latchkey.mail;

import dev.latchkey.config.Brand;
import dev.latchkey.config.MailSettings;
import dev.latchkey.config.SenderAddress;
import dev.latchkey.text.Durations;
import dev.latchkey.text.Texts;
import io.micronaut.email.Contact;
import io.micronaut.email.Email;
import io.micronaut.email.MultipartBody;
import jakarta.inject.Singleton;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
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
        MailForm plain = templates.form(content.view() + ".txt", locale, fixed, values.keySet());
        MailForm rich = templates.form(content.view() + ".html", locale, fixed, values.keySet());
        String text = plain.text(values);
        String html = rich.text(values);
        Email email = Email.builder()
                .from(new Contact(sender.address(), senderName))
                .to(content.to())
                .subject(subject)
                .body(new MultipartBody(html, text))
                .build();
        return Optional.of(new Composed(email, message -> {
            try {
                // Of parts that are encoded already: the library would encode them anew, one byte at a time.
                message.setContent(new MimeMultipart(
                        "alternative",
                        plain.part("text/plain; charset=UTF-8", text, values),
                        rich.part("text/html; charset=UTF-8", html, values)));
                complete(message, ids.of(mailId, content.to()), locale);
            } catch (MessagingException | IOException e) {
                throw new IllegalStateException("A message that cannot be written", e);
            }
        }));
    }

    /**
     * Marks it as automatic (RFC 3834), so that no absence assistant answers, and says which mail it is, when it is sent
     * and in which language; and signs all of that.
     */
    private void complete(Message message, String messageId, Locale locale) throws MessagingException, IOException {
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        message.setHeader("Content-Language", locale.toLanguageTag());
        message.saveChanges();
        // Only now, because saving gives a message an identity of its own.
        message.setHeader("Message-ID", messageId);
        signature.sign((MimeMessage) message);
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
