package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.operating.DkimSettings;
import dev.latchkey.support.DkimKeys;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a signature says; {@link MailSignatureIT} has it checked by others. */
class MailSignatureTest {
    @TempDir
    static Path folder;

    @Test
    @DisplayName(
            "is of the relaxed kind, by SHA-256, for the domain and the selector that are set, at the mail's own time")
    void saysWhoSignedHow() throws MessagingException {
        MimeMessage mail = signed();
        Map<String, String> tags = tags(mail);

        assertThat(tags)
                .containsEntry("v", "1")
                .containsEntry("a", "rsa-sha256")
                .containsEntry("c", "relaxed/relaxed")
                .containsEntry("d", "example.org")
                .containsEntry("s", "latchkey2026")
                .containsEntry("t", Long.toString(mail.getSentDate().toInstant().getEpochSecond()));
    }

    @Test
    @DisplayName("names the sender once more than there is one, and never how much of the body is meant")
    void coversWhatReadersShow() throws MessagingException {
        Map<String, String> tags = tags(signed());

        assertThat(tags).doesNotContainKeys("l", "x", "z", "i");
        assertThat(tags.get("h").split(":"))
                .containsExactly(
                        "From",
                        "From",
                        "Reply-To",
                        "To",
                        "Subject",
                        "Date",
                        "Message-ID",
                        "MIME-Version",
                        "Content-Type",
                        "Content-Language",
                        "Auto-Submitted");
    }

    @Test
    @DisplayName("is not there where no key is set")
    void isNotThereWithoutAKey() throws MessagingException {
        MimeMessage mail = SampleMails.write(SampleMails.composer(Map.of()), "link edit-link", Locale.ENGLISH);

        assertThat(mail.getHeader(MailSignature.HEADER)).isNull();
        assertThat(new MailSignature(new DkimSettings(null, null, null)).published())
                .isEmpty();
    }

    @Test
    @DisplayName("tells the record that belongs to the key, in one piece and as a zone's file has it")
    void tellsTheRecord() {
        DkimRecord record = new MailSignature(settings()).published().orElseThrow();

        assertThat(record.name()).isEqualTo("latchkey2026._domainkey.example.org");
        assertThat(record.text()).startsWith("v=DKIM1; k=rsa; p=MIIB").hasSizeGreaterThan(255);
        assertThat(record.line())
                .startsWith("latchkey2026._domainkey.example.org. IN TXT ( \"v=DKIM1; k=rsa; p=MIIB")
                .endsWith("\" )");
        assertThat(record.line().replaceAll("^[^\"]*\"|\" \"|\"[^\"]*$", "")).isEqualTo(record.text());
        assertThat(new DkimRecord("a", "b").line()).isEqualTo("a. IN TXT \"b\"");
    }

    private static DkimSettings settings() {
        return new DkimSettings("Example.org", " latchkey2026", DkimKeys.write(folder));
    }

    private static MimeMessage signed() {
        MailComposer composer = SampleMails.composer(Map.of(), "id@mail.example.org", settings());
        return SampleMails.write(composer, "link edit-link", Locale.ENGLISH);
    }

    private static Map<String, String> tags(MimeMessage mail) throws MessagingException {
        return Arrays.stream(mail.getHeader(MailSignature.HEADER)[0].split(";"))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.toMap(
                        tag -> tag.substring(0, tag.indexOf('=')), tag -> tag.substring(tag.indexOf('=') + 1)));
    }
}
