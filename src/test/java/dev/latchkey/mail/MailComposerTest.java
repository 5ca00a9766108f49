package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.Brand;
import dev.latchkey.config.MailSettings;
import dev.latchkey.config.operating.DkimSettings;
import dev.latchkey.support.Asvs;
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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailComposerTest {
    /** One of the fields that a notice tells of. */
    public record Line(String key, String shape) {}

    private static final List<Line> LINES = List.of(
            new Line("bio", "changed"),
            new Line("name", "added"),
            new Line("nickname", "removed"),
            new Line("passphrase", "new"));

    private static final Brand BRAND = Brand.configured(new MapPropertyResolver(Map.of()));

    private static final UUID ID = UUID.fromString("01933b5e-0000-7000-8000-000000000001");
    private static final String LINK =
            "https://id.example.org/edit/AbCdEfGhIjKlMnOpQrStUv-_0123456789.AbCdEfGhIjKlMnOp";

    private final MailComposer composer = composer("Latchkey <latchkey@example.org>");

    @Test
    void writesTheLinkMailWordForWord() throws Exception {
        MimeMessage mail = sent(composer.compose(ID, link("ada@example.org", Locale.ENGLISH, "amber falcon")));
        assertThat(mail.getSubject()).isEqualTo("Your profile link: amber falcon");
        assertThat(part(mail, 0)).isEqualToNormalizingNewlines("""
                        Open this link to see your profile and change it:

                        %s

                        This is the right email if the chat or page where you asked for it shows the same two words: amber falcon

                        The link works for one save, for 15 minutes after this email arrived.
                        Keep it to yourself: anyone who has the link can edit your profile.

                        This email is for the account ada@example.org. It was requested by Support Bot. The request was made on 20 November 2026, 09:59 UTC.

                        Didn't ask for this? Then do nothing: your profile stays as it is, and the link expires by itself.

                        --\s
                        Latchkey
                        This email was sent automatically. Nobody reads replies to it.
                        """.formatted(LINK));
    }

    @Test
    void writesTheNoticeWordForWord() throws Exception {
        MimeMessage mail = sent(composer.compose(ID, changed(Locale.ENGLISH)));
        assertThat(mail.getSubject()).isEqualTo("Your profile was changed");
        assertThat(part(mail, 0)).isEqualToNormalizingNewlines("""
                        Your profile was changed on 20 November 2026, 10:00 UTC.
                        The change came from a link that an assistant asked for, amber falcon.

                        What changed:
                        - bio: I like tea. → I like coffee.
                        - name: Ada
                        - nickname: ada (removed)
                        - passphrase: a new one was set

                        Was that you? Then there is nothing to do.

                        Wasn't that you? Then open this link within 3 days. It puts everything back as it was and signs everybody out.

                        %s

                        This email is for the account ada@example.org.

                        --\s
                        Latchkey
                        This email was sent automatically. Nobody reads replies to it.
                        """.formatted(LINK));
        assertThat(part(mail, 1)).contains("<del").contains("I like tea.").contains("href=\"" + LINK + "\"");
    }

    @Test
    void tellsThatAnAccountWasClosedAndHowItComesBack() throws Exception {
        Map<String, Object> model = Map.of(
                "link",
                LINK,
                "email",
                "ada@example.org",
                "at",
                Instant.parse("2026-11-20T10:00:00Z"),
                "end",
                Instant.parse("2026-11-23T10:00:00Z"));
        MimeMessage mail = sent(composer.compose(ID, message("account-closed", model)));
        assertThat(mail.getSubject()).isEqualTo("Your account was closed");
        assertThat(part(mail, 0)).isEqualToNormalizingNewlines("""
                        The account for ada@example.org was closed on 20 November 2026, 10:00 UTC. Nobody can see it, sign in to it or ask for links to it any more.

                        It will be erased on 23 November 2026, 10:00 UTC, with everything that belongs to it. Until then, you can reopen it:

                        %s

                        Wasn't that you? Then reopen your account, sign in with a link and set a new passphrase. Did you want to leave? Then there is nothing to do, and this is the last email about it.

                        --\s
                        Latchkey
                        This email was sent automatically. Nobody reads replies to it.
                        """.formatted(LINK));
        assertThat(part(mail, 1)).contains(">Reopen my account<").contains("href=\"" + LINK + "\"");
    }

    @Test
    void asksTheNewMailboxAndTellsTheOwnerOfOneThatIsTaken() throws Exception {
        Map<String, Object> model = Map.of(
                "link",
                LINK,
                "email",
                "ada@example.net",
                "from",
                "ada@example.org",
                "end",
                Duration.ofHours(1),
                "at",
                Instant.parse("2026-11-20T09:59:00Z"));
        assertThat(part(sent(composer.compose(ID, message("email-move", model))), 0))
                .contains(
                        "The owner of the account for ada@example.org would like to use ada@example.net for it from now on.",
                        "It works once, for 1 hour after this email arrived.",
                        LINK);
        assertThat(part(
                        sent(composer.compose(
                                ID,
                                message(
                                        "email-wanted",
                                        Map.of(
                                                "link",
                                                LINK,
                                                "email",
                                                "ada@example.net",
                                                "at",
                                                Instant.parse("2026-11-20T09:59:00Z"))))),
                        0))
                .contains("Somebody asked to use ada@example.net for another account.", "there is nothing to do");
    }

    private static MailContent.Message message(String wording, Map<String, Object> model) {
        return new MailContent.Message("ada@example.org", Locale.ENGLISH, "message", wording, model, List.of());
    }

    @Test
    void putsTheTextFirstAndTheSameLinkIntoBoth() throws Exception {
        MimeMessage mail = sent(composer.compose(ID, link("ada@example.org", Locale.ENGLISH, "amber falcon")));
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getBodyPart(0).getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(parts.getBodyPart(1).getContentType()).isEqualToIgnoringCase("text/html; charset=UTF-8");
        assertThat(part(mail, 0).lines()).contains(LINK);
        assertThat(parts.getBodyPart(0).getHeader("Content-Transfer-Encoding"))
                .as("the link is whole in the raw message")
                .containsExactly("7bit");
        assertThat(part(mail, 1))
                .contains("<a href=\"" + LINK + "\"")
                .contains("<html lang=\"en\" dir=\"ltr\">")
                .contains("amber falcon")
                .contains("15 minutes")
                .startsWith("<!DOCTYPE html>")
                .doesNotContain("<img", " th:", "src=");
    }

    @ParameterizedTest
    @CsvSource({"en, ltr", "ar, rtl"})
    void isACompleteDocumentWhoseOutermostCellKnowsItsLanguage(Locale locale, String direction) throws Exception {
        for (MailContent.Message mail : List.of(link("ada@example.org", locale, "amber falcon"), changed(locale))) {
            String html = part(sent(composer.compose(ID, mail)), 1);
            Document page = Jsoup.parse(html);
            assertThat(html).startsWith("<!DOCTYPE html>").hasSizeLessThan(20_000);
            assertThat(page.selectFirst("td").attr("lang")).isEqualTo(locale.getLanguage());
            assertThat(page.selectFirst("td").attr("dir")).isEqualTo(direction);
            assertThat(page.select("td.button").attr("style")).contains("mso-padding-alt");
        }
    }

    @Test
    void showsInboxesWhatIsNotInTheSubject() throws Exception {
        Document page = Jsoup.parse(part(
                sent(composer.compose(ID, link("ada@example.org", Locale.ENGLISH, "amber falcon"))), 1));
        assertThat(page.body().child(0).attr("style")).contains("display:none", "mso-hide:all");
        assertThat(page.body().child(0).text())
                .startsWith("The link works for one save, for 15 minutes after this email arrived.")
                .matches("[\\p{Graph} ]+[\\u034F\\u200C\\u00A0 ]{100,}");
    }

    @Test
    void speaksOfNoChatToWhoeverRegisteredWithAnApplication() throws Exception {
        MailContent.Message edit = link("ada@example.org", Locale.ENGLISH, "amber falcon");
        MimeMessage mail = sent(composer.compose(
                ID,
                new MailContent.Message(
                        edit.to(), edit.locale(), "link", "registration-link", edit.model(), List.of("amber falcon"))));
        assertThat(mail.getSubject()).isEqualTo("Confirm your registration");
        assertThat(part(mail, 0) + part(mail, 1)).contains(LINK).doesNotContain("chat", "amber falcon");
    }

    @Test
    void saysInItsHeadersWhatItIs() throws Exception {
        MimeMessage mail = sent(composer.compose(ID, link("ada@example.org", Locale.ENGLISH, "amber falcon")));
        assertThat(mail.getHeader("Message-ID"))
                .containsExactly(SampleMails.messageIds("id@example.org").of(ID, "ada@example.org"));
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("From")).containsExactly("Latchkey <latchkey@example.org>");
        assertThat(mail.getHeader("To")).containsExactly("ada@example.org");
        assertThat(mail.getHeader("MIME-Version")).containsExactly("1.0");
        assertThat(mail.getSentDate()).isEqualTo(Instant.parse("2026-11-20T10:00:00Z"));
        assertThat(mail.getHeader("List-Unsubscribe")).isNull();
    }

    @Test
    void writesTheseHeadersAndNoOthers() throws Exception {
        String mail = wire(composer.compose(ID, link("ada@example.org", Locale.ENGLISH, "größe 大")));
        String boundary = mail.replaceFirst("(?s).*boundary=\"([^\"]+)\".*", "$1");
        assertThat(mail.replace(boundary, "BOUNDARY")
                        .replaceFirst("Date: .*", "Date: now")
                        .replaceFirst("\\.[0-9a-f]{32}@", ".PROOF@")
                        .split("\r\n\r\n")[0])
                .isEqualToNormalizingNewlines("""
                        Date: now
                        From: Latchkey <latchkey@example.org>
                        To: ada@example.org
                        Message-ID: <01933b5e-0000-7000-8000-000000000001.PROOF@example.org>
                        Subject: =?UTF-8?Q?Your_profile_link:_gr=C3=B6=C3=9Fe_=E5=A4=A7?=
                        MIME-Version: 1.0
                        Content-Type: multipart/alternative;\s
                        \tboundary="BOUNDARY"
                        Auto-Submitted: auto-generated
                        X-Auto-Response-Suppress: All
                        Content-Language: en""");
        assertThat(mail.split("--" + Pattern.quote(boundary)))
                .extracting(part -> part.strip().split("\r\n\r\n")[0])
                .contains(
                        "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable",
                        "Content-Type: text/html; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable");
    }

    @Test
    void writesAnotherLanguageThanEnglishInQuotedPrintable() throws Exception {
        MimeMessage mail = sent(composer.compose(ID, link("ada@example.org", Locale.ENGLISH, "größe 大")));
        assertThat(mail.getSubject()).isEqualTo("Your profile link: größe 大");
        assertThat(mail.getHeader("Subject")[0]).isASCII();
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getBodyPart(0).getHeader("Content-Transfer-Encoding")).containsExactly("quoted-printable");
        assertThat(part(mail, 0)).contains("größe 大", LINK);
    }

    @Test
    void fallsBackToEnglishWhateverTheServersOwnLanguage() throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            MimeMessage mail = sent(composer.compose(ID, changed(Locale.forLanguageTag("fi-FI"))));
            assertThat(mail.getSubject()).isEqualTo("Your profile was changed");
            assertThat(mail.getHeader("Content-Language")).containsExactly("en");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    @Asvs("1.2.1")
    void escapesInHtmlButNotInText() throws Exception {
        MimeMessage mail = sent(composer.compose(ID, link("ada@example.org", Locale.ENGLISH, "<b>&{0}'")));
        assertThat(part(mail, 0)).contains("<b>&{0}'");
        assertThat(part(mail, 1)).contains("&lt;b&gt;&amp;{0}").doesNotContain("<b>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"falcon\r\nBcc: eve@example.net", "falcon\nBcc: eve@example.net", "falcon\rBcc: eve@example.net"
            })
    @Asvs({"1.3.3", "1.3.11"})
    void keepsLineBreaksOutOfItsHeaders(String phrase) throws Exception {
        MimeMessage mail = sent(composer.compose(ID, link("ada@example.org", Locale.ENGLISH, phrase)));
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject()).isEqualTo("Your profile link: falcon Bcc: eve@example.net");
        assertThat(mail.getAllRecipients()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "šttacker@example.com",
                "ada@example.org, eve@example.net",
                "Ada <ada@example.org>",
                "ada@example.org\r\nBcc: eve@example.net",
                "\"ada eve\"@example.org",
                "ada@[127.0.0.1]",
                "ada",
                ""
            })
    @Asvs("1.3.11")
    void writesToOnePlainAddressOnly(String to) {
        assertThat(composer.compose(ID, link(to, Locale.ENGLISH, "amber falcon")))
                .isEmpty();
    }

    /** A test's own language is written from right to left. */
    @ParameterizedTest
    @CsvSource({
        "link,edit-link,en",
        "link,registration-link,en",
        "link,confirm-link,en",
        "link,account-exists,en",
        "changed,changed,en",
        "changed,undone,en",
        "message,account-closed,en",
        "message,email-move,en",
        "message,email-wanted,en",
        "link,edit-link,ar",
        "link,confirm-link,ar",
        "link,account-exists,ar",
        "changed,changed,ar",
        "changed,undone,ar",
        "message,email-move,ar"
    })
    void showsEveryMailExactlyAsItsTemplateWould(String view, String wording, Locale locale) {
        MailTemplates templates = new MailTemplates(new Texts("mail"), new Texts("fields"), BRAND);
        assertThat(templates.written(locale)).isEqualTo(locale);
        Map<String, Object> fixed = Map.of(
                "wording",
                wording,
                "lang",
                locale.toLanguageTag(),
                "lines",
                LINES,
                "by",
                List.of(view.equals("link") ? "page" : "grant"));
        for (String value :
                List.of("amber falcon", "<b>&\"' ${x} #{y} [[z]] {0} $1 \\", "صقر كهرماني", "", "\0\r\n\t😀")) {
            Map<String, String> values = new HashMap<>();
            Stream.concat(
                            Stream.of(
                                    "subject",
                                    "to",
                                    "link",
                                    "matchPhrase",
                                    "lifetime",
                                    "at",
                                    "who",
                                    "email",
                                    "from",
                                    "end"),
                            Stream.of("bio", "name", "nickname").flatMap(key -> Stream.of("was_" + key, "is_" + key)))
                    .forEach(name -> values.put(name, name + value));
            Map<String, Object> all = new HashMap<>(fixed);
            all.putAll(values);
            for (String file : List.of(view + ".txt", view + ".html")) {
                assertThat(templates.form(file, locale, fixed, values.keySet()).text(values))
                        .isEqualTo(templates.render(file, locale, all));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"PT30S,1 minute", "PT15M,15 minutes", "PT1H,1 hour", "PT90M,90 minutes", "PT48H,2 days"})
    void tellsTheLifetimeInTheUnitThatComesOutEven(Duration lifetime, String words) throws Exception {
        MailContent.Message content = link("ada@example.org", Locale.ENGLISH, "amber falcon");
        MailContent.Message other = new MailContent.Message(
                content.to(),
                content.locale(),
                content.view(),
                content.wording(),
                asked("amber falcon", lifetime),
                content.subjectArguments());
        assertThat(part(sent(composer.compose(ID, other)), 0)).contains("for one save, for " + words + " after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Latchkey", "a@example.org, b@example.org", "Latchkey <lätchkey@example.org>"})
    void refusesASenderThatIsNotOneAddress(String sender) {
        assertThatThrownBy(() -> composer(sender))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("LATCHKEY_MAIL_FROM");
    }

    private MailComposer composer(String sender) {
        Duration any = Duration.ofSeconds(1);
        MailSettings settings = new MailSettings(sender, 1, any, any, any, any, any);
        Clock clock = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);
        return new MailComposer(
                new MailTemplates(new Texts("mail"), new Texts("fields"), BRAND),
                SampleMails.messageIds("id@example.org"),
                clock,
                settings,
                BRAND,
                new MailSignature(new DkimSettings(null, null, null)));
    }

    private static Map<String, Object> asked(String phrase, Duration lifetime) {
        return Map.of(
                "link",
                LINK,
                "matchPhrase",
                phrase,
                "lifetime",
                lifetime,
                "at",
                Instant.parse("2026-11-20T09:59:00Z"),
                "by",
                List.of("action-named"),
                "who",
                "Support Bot");
    }

    private static MailContent.Message link(String to, Locale locale, String phrase) {
        return new MailContent.Message(
                to, locale, "link", "edit-link", asked(phrase, Duration.ofMinutes(15)), List.of(phrase));
    }

    private static MailContent.Message changed(Locale locale) {
        return new MailContent.Message(
                "ada@example.org",
                locale,
                "changed",
                "changed",
                Map.ofEntries(
                        Map.entry("lines", LINES),
                        Map.entry("by", List.of("link-action")),
                        Map.entry("matchPhrase", "amber falcon"),
                        Map.entry("who", ""),
                        Map.entry("email", "ada@example.org"),
                        Map.entry("link", LINK),
                        Map.entry("lifetime", Duration.ofHours(72)),
                        Map.entry("was_bio", "I like tea."),
                        Map.entry("is_bio", "I like coffee."),
                        Map.entry("is_name", "Ada"),
                        Map.entry("was_nickname", "ada"),
                        Map.entry("at", Instant.parse("2026-11-20T10:00:00Z"))),
                List.of());
    }

    /** As it comes out at the other end of the wire. */
    private static MimeMessage sent(Optional<MailComposer.Composed> mail) throws IOException, MessagingException {
        byte[] wire = wire(mail).getBytes(StandardCharsets.US_ASCII);
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(wire));
    }

    private static String wire(Optional<MailComposer.Composed> mail) throws IOException, MessagingException {
        Message message =
                new DefaultMessageComposer().compose(mail.orElseThrow().email(), Session.getInstance(new Properties()));
        mail.orElseThrow().headers().accept(message);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        message.writeTo(wire);
        assertThat(wire.toString(StandardCharsets.UTF_8)).isASCII();
        return wire.toString(StandardCharsets.US_ASCII);
    }

    private static String part(MimeMessage mail, int index) throws IOException, MessagingException {
        return (String) ((MimeMultipart) mail.getContent()).getBodyPart(index).getContent();
    }
}
