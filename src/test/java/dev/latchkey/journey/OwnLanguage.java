package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import dev.latchkey.text.Resources;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * What somebody understands who reads no letter of ours: their own language, names, and the words that they were told or
 * typed themselves.
 */
final class OwnLanguage {
    private static final Pattern WORD = Pattern.compile("[A-Za-z]{2,}");
    private static final Pattern ADDRESS = Pattern.compile("https?://\\S+|[\\w.+-]+@[\\w.-]+");

    /** Names that every language writes so, and the example of two words that the start page shows. */
    private static final String NAMES =
            "Latchkey latchkey localhost example com amber falcon PIN PRO FREE UTC JPEG PNG WebP HEIC"
                    + " ZIP MB Esc Gmail Outlook Yahoo Mail Chrome Linux Android iPhone";

    /** Every text of a page, be it seen, heard or kept for later, but the languages, which are offered by their own names. */
    private static final String TEXTS = Resources.text("texts.js");

    private final String tag;
    private final String direction;
    private final Set<String> known = words(NAMES).collect(Collectors.toSet());

    private final Set<String> strange = new TreeSet<>();

    OwnLanguage(String tag) {
        this.tag = tag;
        direction = tag.equals("ar") ? "rtl" : "ltr";
    }

    /** Takes the words of a text for known. */
    OwnLanguage knows(String text) {
        known.addAll(words(text).toList());
        return this;
    }

    OwnLanguage knows(Collection<String> texts) {
        texts.forEach(this::knows);
        return this;
    }

    /** Looks for anything else on a page. */
    void read(Page page) {
        assertThat(page.locator("html")).hasAttribute("lang", tag);
        assertThat(page.locator("html")).hasAttribute("dir", direction);
        for (Object text : (List<?>) page.evaluate(TEXTS)) {
            read(page.url(), text.toString());
        }
    }

    /** In its subject, its text and its HTML. */
    void readMail(JsonNode mail) {
        String subject = mail.path("subject").asText();
        read("a subject", subject);
        read(subject, mail.path("text").asText());
        Document html = Jsoup.parse(mail.path("html").asText());
        read(subject, html.text());
        html.select("[alt], [title], [aria-label]")
                .forEach(element ->
                        read(subject, element.attr("alt") + element.attr("title") + element.attr("aria-label")));
    }

    void read(String where, String text) {
        words(ADDRESS.matcher(text).replaceAll(""))
                .filter(word -> !known.contains(word))
                .forEach(word -> strange.add(word + ", in " + where));
    }

    /** That there was nothing else, in all that was read. */
    void assertNothingStrange() {
        assertThat(strange).isEmpty();
    }

    private static Stream<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group);
    }
}
