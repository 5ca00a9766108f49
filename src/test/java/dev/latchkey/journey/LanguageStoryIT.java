package dev.latchkey.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import dev.latchkey.support.Answer;
import dev.latchkey.support.InBrowser;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the chat to the saved page for somebody who reads no letter of ours: no English but names and the two words. */
@InBrowser
class LanguageStoryIT {
    private static final Pattern WORD = Pattern.compile("[A-Za-z]{2,}");

    /** Names that every language writes so. */
    private static final Set<String> NAMES = Set.of(
            "Latchkey", "PIN", "PRO", "FREE", "JPEG", "PNG", "WebP", "HEIC", "UTC", "MiB", "MB", "com", "example");

    private final DevServer server = DevServer.shared();

    @ParameterizedTest(name = "in {0}")
    @CsvSource({"ar, rtl", "ja, ltr", "zh-Hans, ltr"})
    @DisplayName("Chat, mail, form, mistakes, saved page and notice are in the person's own language")
    void leadsThrough(String language, String direction) {
        String email = server.residents.speaking(language);
        NewContextOptions phone = Visit.phone().setLocale(language);
        Visit.on(server, "story-" + language, phone, visit -> {
            Page page = visit.page();
            page.navigate("/");
            assertSpeaks(visit, language, direction, Set.of());
            visit.picture("story-" + language + "-landing");

            Answer init = server.client.action(
                    "/api/update/init",
                    "{\"email\":\"" + email + "\",\"proposal\":{\"bio\":\"123\"}}",
                    "Accept-Language",
                    language);
            String phrase = init.text("matchPhrase");
            Set<String> known = known(email, phrase);
            assertThat(foreign(init.text("instructions"), known)).isEmpty();

            JsonNode mail = mail(email, 1);
            String text = mail.path("text").asText();
            String link = Arrays.stream(text.split("\n", -1))
                    .filter(line -> line.contains("/edit/"))
                    .findFirst()
                    .orElseThrow()
                    .strip();
            server.secrets.keep(link.replaceAll(".*/", ""));
            assertThat(foreign(mail.path("subject").asText(), known)).isEmpty();
            assertThat(foreign(text.replace(link, ""), known)).isEmpty();
            assertThat(foreign(Jsoup.parse(mail.path("html").asText()).text().replace(link, ""), known))
                    .isEmpty();

            page.navigate(link);
            assertSpeaks(visit, language, direction, known);
            page.locator("#nickname").fill("9");
            page.locator("#accept-bio").check();
            page.locator("form.card button[data-tallies]").click();
            assertThat(page.locator("[role=alert]").first()).isVisible();
            assertSpeaks(visit, language, direction, known);
            visit.picture("story-" + language + "-mistake");
            page.locator("#nickname").fill("n" + language.replaceAll("\\W", "").toLowerCase(Locale.ROOT) + "0");
            page.locator("form.card button[data-tallies]").click();
            assertThat(page.locator(".changed li").first()).isVisible();
            assertSpeaks(visit, language, direction, known);
            visit.picture("story-" + language + "-saved");

            JsonNode notice = mail(email, 2);
            assertThat(foreign(notice.path("subject").asText(), known)).isEmpty();
            assertThat(foreign(
                            notice.path("text")
                                    .asText()
                                    .replaceAll("https?://\\S+", "")
                                    .replaceAll("n[a-z]+0", ""),
                            known))
                    .isEmpty();
            page.navigate(link);
            assertSpeaks(visit, language, direction, known);
        });
    }

    private static void assertSpeaks(Visit visit, String language, String direction, Set<String> known) {
        Page page = visit.page();
        assertThat(page.locator("html")).hasAttribute("lang", language);
        assertThat(page.locator("html")).hasAttribute("dir", direction);
        visit.assertFits();
        // Languages are offered by their own names.
        String seen = (String) page.evaluate(
                "[...document.querySelectorAll('select')].reduce((text, select) => text.replace(select.innerText, ''),"
                        + " document.body.innerText) + document.title");
        assertThat(foreign(seen, known)).as(page.url()).isEmpty();
    }

    private static List<String> foreign(String text, Set<String> known) {
        return words(text)
                .filter(word -> !NAMES.contains(word) && !known.contains(word))
                .distinct()
                .toList();
    }

    private static Stream<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group);
    }

    private static Set<String> known(String email, String phrase) {
        Set<String> known = new HashSet<>(words(email).toList());
        known.addAll(words(phrase).toList());
        return known;
    }

    /** The newest of so many mails to this person. */
    private JsonNode mail(String email, int many) {
        return await().until(
                        () -> StreamSupport.stream(
                                        server.client
                                                .get("/dev/inbox/messages")
                                                .json()
                                                .spliterator(),
                                        false)
                                .filter(mail -> mail.path("to").asText().equals(email))
                                .toList(),
                        mails -> mails.size() == many)
                .getFirst();
    }
}
