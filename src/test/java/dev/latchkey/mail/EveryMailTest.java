package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.text.Texts;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mail that there is, in each language: what holds of all of them. */
class EveryMailTest {
    private static final String NAME = "Aurora Books";
    private static final int MOST = 20_000;
    private static final MailComposer COMPOSER =
            SampleMails.composer(Map.of("latchkey.brand.name", NAME, "latchkey.brand.accent", "#7a3cff"));

    @ParameterizedTest
    @MethodSource("dev.latchkey.mail.SampleMails#kinds")
    @DisplayName("is a complete document of at most 20 KB, in its language and direction where readers drop the root")
    void isACompleteDocument(String kind) {
        for (Locale locale : SampleMails.languages()) {
            MimeMessage mail = SampleMails.write(COMPOSER, kind, locale);
            String html = SampleMails.html(mail);
            Document page = Jsoup.parse(html);
            boolean mirrored = locale.getLanguage().equals("ar");

            assertThat(html).startsWith("<!DOCTYPE html>").doesNotContain(" th:", "\uE000", "<img", "<script");
            assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(MOST);
            for (Element cell : page.select("td[dir]")) {
                assertThat(cell.attr("dir")).isEqualTo(mirrored ? "rtl" : "ltr");
                assertThat(cell.attr("lang")).isEqualTo(locale.toLanguageTag());
            }
            assertThat(page.expectFirst("td").hasAttr("dir")).isTrue();
            assertThat(page.expectFirst("td.ink").attr("align")).isEqualTo(mirrored ? "right" : "left");
            assertThat(page.expectFirst("td.ink").attr("style"))
                    .contains("text-align:" + (mirrored ? "right" : "left"));
            assertThat(page.select("h1")).hasSize(1);
            assertThat(page.title()).isEqualTo(subject(mail).replace("\u00A0", " "));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.mail.SampleMails#kinds")
    @DisplayName("leaves no place unfilled and no key unspoken")
    void isFilledIn(String kind) {
        for (Locale locale : SampleMails.languages()) {
            MimeMessage mail = SampleMails.write(COMPOSER, kind, locale);
            String all = subject(mail)
                    + SampleMails.text(mail)
                    + Jsoup.parse(SampleMails.html(mail)).text();

            assertThat(all).as("%s in %s", kind, locale).doesNotContain("??", "plural,");
            assertThat(all).as("%s in %s", kind, locale).doesNotContainPattern("\\{\\d|\\bmail\\.[a-z]|\\bnull\\b");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.mail.SampleMails#kinds")
    @DisplayName("names the operator: as who sends it, at its head, and at the end of the text")
    void namesTheOperator(String kind) throws Exception {
        for (Locale locale : SampleMails.languages()) {
            MimeMessage mail = SampleMails.write(COMPOSER, kind, locale);

            assertThat(((InternetAddress) mail.getFrom()[0]).getPersonal()).isEqualTo(NAME);
            assertThat(Jsoup.parse(SampleMails.html(mail)).select(".mark").text())
                    .isEqualTo(NAME);
            assertThat(SampleMails.text(mail)).contains("\n-- \n" + NAME + "\n");
            assertThat(subject(mail) + SampleMails.text(mail) + SampleMails.html(mail))
                    .doesNotContain("Latchkey");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.mail.SampleMails#kinds")
    @DisplayName("names the account it is for and when somebody asked")
    void namesTheAccount(String kind) {
        for (Locale locale : SampleMails.languages()) {
            String text = SampleMails.text(SampleMails.write(COMPOSER, kind, locale));

            assertThat(text).as("%s in %s", kind, locale).containsPattern("ada@example\\.(org|net)");
            // What an operator tries out is about nothing that happened.
            if (!kind.equals("message test")) {
                assertThat(text)
                        .as("%s in %s", kind, locale)
                        .contains(Texts.moment(locale, Instant.parse("2026-11-20T10:00:00Z")));
            }
            if (kind.startsWith("link")) {
                assertThat(text).as("%s in %s", kind, locale).contains("Support Bot");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.mail.SampleMails#kinds")
    @DisplayName(
            "shows inboxes a sentence of its own, and enough of nothing behind it that no words of the mail follow")
    void hasAPreheader(String kind) {
        for (Locale locale : SampleMails.languages()) {
            MimeMessage mail = SampleMails.write(COMPOSER, kind, locale);
            Element hidden = Jsoup.parse(SampleMails.html(mail)).body().child(0);
            String shown = hidden.ownText().strip();

            assertThat(hidden.attr("style")).contains("display:none", "mso-hide:all");
            assertThat(shown).isNotEmpty().isNotEqualTo(subject(mail));
            assertThat(hidden.expectFirst("span").text()).matches("[\\u034F\\u200C\\u00A0 ]{200,}");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.mail.SampleMails#kinds")
    @DisplayName("has one button at most, that Outlook draws too, in the operator's colour, and the link beside it")
    void hasOneButton(String kind) {
        boolean leads = !kind.endsWith("undone");
        for (Locale locale : SampleMails.languages()) {
            MimeMessage mail = SampleMails.write(COMPOSER, kind, locale);
            Document page = Jsoup.parse(SampleMails.html(mail));

            assertThat(page.select("td.button")).hasSize(leads ? 1 : 0);
            assertThat(page.select("a[href]").eachAttr("href"))
                    .allMatch(SampleMails.LINK::equals)
                    .hasSize(leads ? 2 : 0);
            assertThat(SampleMails.text(mail).lines().filter(line -> line.contains("https://")))
                    .containsExactlyElementsOf(leads ? List.of(SampleMails.LINK) : List.of());
            if (leads) {
                Element button = page.expectFirst("td.button");
                assertThat(button.attr("bgcolor")).isEqualTo("#7a3cff");
                assertThat(button.attr("style")).contains("mso-padding-alt:14px 24px");
                assertThat(button.text()).isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.mail.SampleMails#kinds")
    @DisplayName("has a subject of ASCII on the wire that reads the same again, with both words in one piece")
    void hasASubject(String kind) throws Exception {
        for (Locale locale : SampleMails.languages()) {
            MimeMessage mail = SampleMails.write(COMPOSER, kind, locale);

            assertThat(mail.getHeader("Subject")[0]).isASCII();
            assertThat(MimeUtility.decodeText(MimeUtility.unfold(mail.getHeader("Subject")[0])))
                    .isEqualTo(subject(mail));
            if (kind.startsWith("link") && !kind.endsWith("registration-link")) {
                assertThat(subject(mail)).as("%s in %s", kind, locale).contains(SampleMails.PHRASE);
            }
        }
    }

    @Test
    @DisplayName("in English keeps the text and its link as they are on the wire, without any encoding")
    void isPlainInEnglish() throws Exception {
        MimeMessage mail = SampleMails.write(COMPOSER, "link edit-link", Locale.ENGLISH);

        assertThat(((MimeMultipart) mail.getContent()).getBodyPart(0).getHeader("Content-Transfer-Encoding"))
                .containsExactly("7bit");
    }

    @Test
    @DisplayName("says what an assistant that was let in may do, a line each")
    void saysWhatWasAllowed() {
        String text = SampleMails.text(SampleMails.write(COMPOSER, "changed let-in", Locale.ENGLISH));

        assertThat(text.lines().filter(line -> line.startsWith("- "))).hasSize(4);
        assertThat(text).contains("What it may do:", "Only your own click saves them.");
    }

    @Test
    @DisplayName("shows the accent of the operator in both themes")
    void followsTheAccent() {
        String html = SampleMails.html(SampleMails.write(COMPOSER, "link edit-link", Locale.ENGLISH));

        assertThat(html).contains("#7a3cff", "#b28eff").doesNotContain("#0b6b58", "#6ed3b8");
    }

    @Test
    @DisplayName("is from an operator whose name may be in any script")
    void encodesANameOfAnyScript() throws Exception {
        MimeMessage mail = SampleMails.write(
                SampleMails.composer(Map.of("latchkey.brand.name", "書店 \"Söhne\"")), "link edit-link", Locale.ENGLISH);

        assertThat(mail.getHeader("From")[0]).isASCII();
        assertThat(((InternetAddress) mail.getFrom()[0]).getPersonal()).isEqualTo("書店 \"Söhne\"");
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
