package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.mail.smtp.SmtpReply;
import dev.latchkey.mail.smtp.SmtpSender;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.DkimKeys;
import dev.latchkey.support.OtherClients;
import io.micronaut.context.ApplicationContext;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another library, mailauth, checks what we signed, at the other end of the wire. */
class MailSignatureIT {
    private static final String FROM = "id@mail.example.org";

    @TempDir
    Path folder;

    @Test
    @DisplayName("each mail in each language is signed for its sender when it has arrived, and none that was changed")
    void areCheckedByOthers() throws IOException, MessagingException {
        OtherClients.assumeInstalled("node_modules/mailauth/package.json");
        GreenMail inbox = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        inbox.start();
        try (ApplicationContext context = Contexts.start(
                Database.SQLITE,
                Map.of(
                        "latchkey.smtp.port",
                        inbox.getSmtp().getPort(),
                        "latchkey.mail-from",
                        "Läden & Söhne <" + FROM + ">",
                        "latchkey.dkim.domain",
                        "example.org",
                        "latchkey.dkim.selector",
                        "latchkey2026",
                        "latchkey.dkim.key-file",
                        DkimKeys.write(folder)))) {
            List<MailContent.Message> contents = Stream.concat(
                            SampleMails.kinds()
                                    .flatMap(kind -> SampleMails.languages().stream()
                                            .map(locale -> SampleMails.content(kind, locale))),
                            odd())
                    .toList();
            contents.forEach(content -> send(context, content));
            MimeMessage[] arrived = inbox.getReceivedMessages();
            assertThat(arrived).hasSameSizeAs(contents);
            Path mails = Files.createDirectories(folder.resolve("mails"));
            for (int i = 0; i < arrived.length; i++) {
                Files.write(mails.resolve("%03d.eml".formatted(i)), bytes(arrived[i]));
            }
            changed(mails, bytes(arrived[0]));

            DkimRecord record = context.getBean(MailSignature.class).published().orElseThrow();
            String verdicts = OtherClients.node("signatures.mjs", mails.toString(), record.name(), record.text());

            assertThat(verdicts.lines().filter(line -> line.startsWith("changed")))
                    .hasSize(5)
                    .noneMatch(line -> line.contains("pass"));
            assertThat(verdicts.lines().filter(line -> !line.startsWith("changed")))
                    .hasSize(arrived.length)
                    .allMatch(line -> line.matches("\\d{3}\\.eml pass example\\.org rsa-sha256 relaxed/relaxed"));
        } finally {
            inbox.stop();
        }
    }

    /** Lines of one dot, lines longer than SMTP's, blanks at the ends, several scripts, and a phrase that must be encoded. */
    private static Stream<MailContent.Message> odd() {
        return Stream.of(
                        ".\n..\n. a\n.\n",
                        "x".repeat(5000),
                        "ä".repeat(3000),
                        "a  b \t c \n  \n\n \nd   \n\n",
                        "日本語 العربية\u0301 🙂 =20 = \u00A0",
                        "From here on\n-- \n" + "=\n".repeat(40))
                .map(bio -> {
                    MailContent.Message like = SampleMails.content("changed changed", Locale.forLanguageTag("pl"));
                    Map<String, Object> model = new HashMap<>(like.model());
                    model.put("is_bio", bio);
                    model.put("was_bio", "." + bio);
                    return new MailContent.Message(
                            like.to(), like.locale(), like.view(), like.wording(), model, List.of("żółć ".repeat(40)));
                });
    }

    private static void send(ApplicationContext context, MailContent.Message content) {
        MailComposer.Composed mail = context.getBean(MailComposer.class)
                .compose(UUID.randomUUID(), content)
                .orElseThrow();
        SmtpReply reply = context.getBean(SmtpSender.class).send(mail.email(), mail.headers());
        assertThat(reply).isInstanceOf(SmtpReply.Accepted.class);
    }

    /** What somebody on the way could do to a mail. */
    private static void changed(Path mails, byte[] whole) throws IOException {
        String mail = new String(whole, StandardCharsets.ISO_8859_1);
        write(mails, "changed-sender", mail.replaceFirst("(?m)^From: .*$", "From: eve@mail.example.org"));
        write(mails, "changed-senders", "From: eve@mail.example.org\r\n" + mail);
        write(mails, "changed-answers", "Reply-To: eve@example.net\r\n" + mail);
        write(mails, "changed-subject", mail.replaceFirst("(?m)^Subject: ", "Subject: Not "));
        write(mails, "changed-end", mail + "One more line\r\n");
    }

    private static void write(Path mails, String name, String mail) throws IOException {
        Files.writeString(mails.resolve(name + ".eml"), mail, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(MimeMessage mail) throws IOException, MessagingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        mail.writeTo(bytes);
        return bytes.toByteArray();
    }
}
