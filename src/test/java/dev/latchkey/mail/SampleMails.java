package dev.latchkey.mail;

import dev.latchkey.config.Brand;
import dev.latchkey.config.KeyedDigest;
import dev.latchkey.config.MailSettings;
import dev.latchkey.config.SenderAddress;
import dev.latchkey.config.operating.DkimSettings;
import dev.latchkey.text.Texts;
import io.micronaut.core.value.MapPropertyResolver;
import io.micronaut.email.javamail.composer.DefaultMessageComposer;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/** One of each mail that there is, written in any language, as it arrives. */
public final class SampleMails {
    public static final String LINK =
            "https://id.example.org/edit/0k3m9x2v7q1r5t8w4y6z0b3d5f7h9j1l2n4p6r8t0v2x4z6b8d0f1h3k5m";
    public static final String PHRASE = "amber falcon";

    private static final UUID ID = UUID.fromString("01933b5e-0000-7000-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private SampleMails() {}

    /** One of the fields that a notice tells of. */
    public record Line(String key, String shape) {}

    /** Such as {@code changed let-in}: the view, and the wording. */
    public static Stream<String> kinds() {
        return Stream.of(
                "link edit-link",
                "link sign-in-link",
                "link authorize-link",
                "link confirm-link",
                "link registration-link",
                "link account-exists",
                "changed changed",
                "changed undone",
                "changed moving",
                "changed moved",
                "changed let-in",
                "changed let-out",
                "changed ended",
                "changed blocked",
                "changed unblocked",
                "message account-closed",
                "message account-deleted",
                "message email-move",
                "message email-wanted",
                "message test");
    }

    /** The languages in which there are mails. */
    public static List<Locale> languages() {
        return new Texts("mail").locales();
    }

    /** What mails of that sender are called. */
    public static MessageIds messageIds(String sender) {
        return new MessageIds(
                new KeyedDigest(new SecretKeySpec(new byte[32], "HmacSHA256")), SenderAddress.parse(sender));
    }

    /** A composer for an operator who set this. */
    public static MailComposer composer(Map<String, Object> brand) {
        return composer(brand, "id@example.org", new DkimSettings(null, null, null));
    }

    /** A composer that signs, or does not. */
    static MailComposer composer(Map<String, Object> brand, String from, DkimSettings signature) {
        Brand operator = Brand.configured(new MapPropertyResolver(brand));
        Duration any = Duration.ofSeconds(1);
        return new MailComposer(
                new MailTemplates(new Texts("mail"), new Texts("fields"), operator),
                messageIds("id@example.org"),
                Clock.fixed(NOW, ZoneOffset.UTC),
                new MailSettings(from, 1, any, any, any, any, any),
                operator,
                new MailSignature(signature));
    }

    /** A mail as it comes out at the other end of the wire. */
    public static MimeMessage write(MailComposer composer, String kind, Locale locale) {
        try {
            MailComposer.Composed mail =
                    composer.compose(ID, content(kind, locale)).orElseThrow();
            Message message = new DefaultMessageComposer().compose(mail.email(), Session.getInstance(new Properties()));
            mail.headers().accept(message);
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            message.writeTo(wire);
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(wire.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String text(MimeMessage mail) {
        return part(mail, 0).replace("\r\n", "\n");
    }

    public static String html(MimeMessage mail) {
        return part(mail, 1);
    }

    private static String part(MimeMessage mail, int index) {
        try {
            return (String)
                    ((MimeMultipart) mail.getContent()).getBodyPart(index).getContent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static MailContent.Message content(String kind, Locale locale) {
        String view = kind.split(" ")[0];
        String wording = kind.split(" ")[1];
        Map<String, Object> model = new HashMap<>(Map.of("link", LINK, "at", NOW, "lifetime", Duration.ofMinutes(15)));
        switch (view) {
            case "link" -> {
                model.put("matchPhrase", PHRASE);
                model.put("by", List.of("action-named"));
                model.put("who", "Support Bot");
                if (wording.equals("authorize-link")) {
                    model.putAll(Map.of("asks", List.of("host"), "client", "client.example.com", "code", "K7QX-2M9D"));
                }
            }
            case "changed" -> {
                model.put("email", "ada@example.org");
                model.put("matchPhrase", PHRASE);
                model.put("who", "Support Bot");
                model.put("by", List.of(by(wording)));
                model.put("may", wording.equals("let-in") ? List.of("read", "propose", "offline") : List.of());
                model.put("lines", lines(wording));
                model.putAll(
                        Map.of("was_bio", "I like tea. ".repeat(10), "is_bio", "I like coffee and cake. ".repeat(10)));
                model.putAll(Map.of("is_name", "Ada", "was_nickname", "ada", "is_new_email", "ada@example.net"));
                model.putAll(Map.of("was_email", "ada@example.org", "is_email", "ada@example.net"));
                model.putAll(Map.of("is_grants", "Example Assistant (client.example.com)", "was_sessions", "Firefox"));
                model.put("was_grants", "Example Assistant (client.example.com)");
            }
            default -> {
                model.putAll(Map.of("email", "ada@example.net", "from", "ada@example.org"));
                model.put("end", wording.equals("email-move") ? Duration.ofHours(1) : NOW.plus(Duration.ofDays(3)));
            }
        }
        List<Object> phrase = view.equals("link") ? List.of(PHRASE) : List.of();
        return new MailContent.Message("ada@example.org", locale, view, wording, model, phrase);
    }

    private static String by(String wording) {
        return switch (wording) {
            case "undone" -> "undo";
            case "blocked", "unblocked" -> "operator";
            default -> "link-action-named";
        };
    }

    private static List<Line> lines(String wording) {
        return switch (wording) {
            case "moving" -> List.of(new Line("new_email", "added"));
            case "moved" -> List.of(new Line("email", "changed"));
            case "let-in" -> List.of(new Line("grants", "added"));
            case "let-out" -> List.of(new Line("grants", "removed"));
            case "ended", "blocked" -> List.of(new Line("sessions", "removed"));
            case "unblocked" -> List.of();
            default ->
                List.of(
                        new Line("bio", "changed"),
                        new Line("name", "added"),
                        new Line("nickname", "removed"),
                        new Line("photo", "gone"),
                        new Line("passphrase", "new"));
        };
    }
}
