package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.support.Answer;
import dev.latchkey.support.OtherClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each mail against what caniemail.com knows of Gmail, Outlook and Apple Mail. */
class MailReadersIT {
    /** What one of them lacks, and nobody misses there. */
    private static final Map<String, String> FINE_WITHOUT = Map.ofEntries(
            Map.entry("<body> element", "becomes a div in Outlook for Mac; the table inside has the colour, too"),
            Map.entry("<style> element", "dropped by Gmail in mobile browsers; it holds the dark theme alone"),
            Map.entry("@media", "the dark theme; who lacks it shows the light one"),
            Map.entry("@media (prefers-color-scheme)", "the same"),
            Map.entry("color-scheme CSS property", "the same"),
            Map.entry("color-scheme meta tag", "the same"),
            Map.entry("border-radius", "square corners in Outlook on Windows"),
            Map.entry("max-width property", "Outlook on Windows has a table of 560 pixels around it"),
            Map.entry("max-height property", "of the hidden preheader, which Outlook hides by mso-hide"),
            Map.entry("overflow", "the same"),
            Map.entry("display:none", "the same; Gmail in mobile browsers shows one line more"),
            Map.entry("display property", "the button's cell has its padding in Outlook, by mso-padding-alt"),
            Map.entry("padding property", "the same"),
            Map.entry(
                    "system-ui, ui-serif, ui-sans-serif, ui-rounded, ui-monospace",
                    "Arial follows, and comes first in Outlook"),
            Map.entry("word-break", "a long address makes the mail wider in Windows Mail"),
            Map.entry("role attribute", "read as a table by Windows Mail, which is no longer sold"),
            Map.entry("aria-hidden attribute", "the same"),
            Map.entry("background property", "bgcolor says the same for Outlook on Windows"),
            Map.entry("CSS !important", "the dark theme again"));

    @TempDir
    private Path folder;

    @Test
    @DisplayName("uses nothing that a large reader lacks, but for what is fine without it")
    void areKnownToReaders() throws IOException {
        OtherClients.assumeInstalled("node_modules/caniemail/package.json");
        MailComposer composer = SampleMails.composer(Map.of());
        for (String kind : SampleMails.kinds().toList()) {
            for (Locale locale :
                    Stream.of("en", "ar").map(Locale::forLanguageTag).toList()) {
                String html = SampleMails.html(SampleMails.write(composer, kind, locale));
                Files.writeString(folder.resolve(kind.replace(' ', '-') + "-" + locale + ".html"), html);
            }
        }
        JsonNode lacking = Answer.json(OtherClients.node("mails.mjs", folder.toString()));
        Set<String> lacked = new TreeSet<>();
        lacking.fieldNames().forEachRemaining(lacked::add);
        lacked.removeAll(FINE_WITHOUT.keySet());

        assertThat(lacking).isNotEmpty();
        assertThat(lacked).as(lacking.toString()).isEmpty();
    }
}
