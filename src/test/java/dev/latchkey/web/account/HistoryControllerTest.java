package dev.latchkey.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.history.Door;
import dev.latchkey.history.Origin;
import dev.latchkey.history.UndoService;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.Profiles;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Browser;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryControllerTest {
    private static final String HISTORY = "/account/history";
    private static final Map<String, String> PRESSED = Map.of("undo", "yes");

    private final Account ada = People.somebody(Visitor.context());
    private final Browser browser = Visitor.signedIn(ada);

    @Test
    @DisplayName("The link with which somebody just signed in is the first thing that happened")
    void showsTheOnlyThing() {
        Answer page = browser.get(HISTORY);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        Elements entries = page.html().select(".happened > li");
        assertThat(entries).hasSize(1);
        assertThat(entries.select("h2").text()).isEqualTo("A link to sign in was requested");
        assertThat(entries.text()).contains("Requested on our page", "Its two words:", "The link was used.");
        assertThat(page.html().select("main nav a[aria-current=page]").attr("href"))
                .isEqualTo(HISTORY);
        assertThat(page.html().select("main nav.actions")).isEmpty();
        assertThat(page.html().select("main form")).isEmpty();
    }

    @Test
    @DisplayName("A month later nothing has happened")
    void saysThatNothingHappened() {
        Visitor.clock().advance(Duration.ofDays(31));
        Browser later = Visitor.signedIn(ada);
        Visitor.clock().advance(Duration.ofMinutes(1));
        Sql.run(Visitor.context(), "DELETE FROM link_requests WHERE account_id = '" + ada.id() + "'");
        Document page = later.get(HISTORY).html();
        assertThat(page.select(".happened")).isEmpty();
        assertThat(page.select(".card").text()).isEqualTo("Nothing has happened in the past 30 days.");
    }

    @Test
    @DisplayName("A change says what was changed and through which door, and has a button that undoes it")
    void showsAChange() {
        save("Hello.");
        Element entry = newest();
        assertThat(entry.select("h2").text()).isEqualTo("Your profile was changed with an emailed link");
        assertThat(entry.text()).contains("Requested by an assistant").doesNotContain("Hello.", "The link was used.");
        assertThat(entry.select(".changed li").text()).isEqualTo("Bio");
        assertThat(entry.select("form[method=post] button[name=undo][value=yes]")
                        .text())
                .isEqualTo("Undo and sign everybody out");
        assertThat(entry.select("form time")).hasSize(1);
    }

    @Test
    @DisplayName("Undo puts it back, signs everybody out and says so on a page that may be reloaded")
    void undoes() {
        save("Before.");
        save("After.");
        Browser elsewhere = Visitor.signedIn(ada);
        Answer undone = browser.ownForm(undo(newest("After.")), PRESSED);
        assertThat(undone.status()).isEqualTo(303);
        assertThat(bio()).isEqualTo("Before.");
        assertThat(browser.cookie()).isEmpty();
        assertThat(browser.isSignedIn()).isFalse();
        assertThat(elsewhere.isSignedIn()).isFalse();
        for (int i = 0; i < 2; i++) {
            Answer page = browser.get(undone.header("Location"));
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.html().select(".changed").text()).isEqualTo("Bio");
            assertThat(page.html().select("a.button").attr("href")).isEqualTo("/account");
        }
        Elements entries = Visitor.signedIn(ada).get(HISTORY).html().select(".happened > li");
        assertThat(entries.get(1).select("h2").text()).isEqualTo("A change was undone");
        assertThat(entries.get(3).text()).contains("It was undone.");
        assertThat(entries.get(3).select("form")).isEmpty();
    }

    @Test
    @DisplayName("A form without its button changes nothing, and one of another session neither")
    @Asvs("8.3.1")
    void needsTheButtonAndTheSession() {
        save("Hello.");
        String undo = undo(newest());
        Answer unpressed = browser.ownForm(undo, Map.of());
        assertThat(unpressed.status()).isEqualTo(303);
        assertThat(unpressed.header("Location")).isEqualTo(HISTORY);
        assertThat(browser.form(undo, PRESSED).status()).isEqualTo(403);
        assertThat(browser.form(undo, Map.of("undo", "yes", "csrf", "x")).status())
                .isEqualTo(403);
        assertThat(Api.browser(Visitor.server()).form(undo, PRESSED).header("Location"))
                .isEqualTo("/account");
        assertThat(browser.get(undo).status()).isEqualTo(405);
        assertThat(bio()).isEqualTo("Hello.");
        assertThat(browser.isSignedIn()).isTrue();
    }

    @Test
    @DisplayName("What cannot be undone says why, keeps the page and changes nothing")
    void saysWhyNot() {
        save("Hello.");
        String undo = undo(newest());
        Browser stranger = Visitor.signedIn(People.somebody(Visitor.context()));
        String unknown = "There is no such change in your history.";
        assertRefused(stranger.ownForm(undo, PRESSED), 404, unknown);
        assertRefused(browser.ownForm(HISTORY + "/" + UUID.randomUUID() + "/undo", PRESSED), 404, unknown);
        assertRefused(browser.ownForm(HISTORY + "/x/undo", PRESSED), 404, unknown);
        assertThat(bio()).isEqualTo("Hello.");

        Visitor.clock().advance(Duration.ofHours(72));
        Browser later = Visitor.signedIn(ada);
        assertThat(later.get(HISTORY).html().select("main form")).isEmpty();
        assertRefused(
                later.ownForm(undo, PRESSED),
                410,
                "The time to undo this change is over. You can still change everything on your account pages.");

        save("Again.");
        Element change = later.get(HISTORY).html().selectFirst(".happened > li");
        UUID id = UUID.fromString(undo(change).split("/")[3]);
        Visitor.context().getBean(UndoService.class).undoChange(ada.id(), id);
        assertRefused(Visitor.signedIn(ada).ownForm(undo(change), PRESSED), 410, "This change was already undone.");
    }

    private static void assertRefused(Answer page, int status, String why) {
        assertThat(page.status()).isEqualTo(status);
        assertThat(page.html().select("[role=alert] p").text()).isEqualTo(why);
        assertThat(page.html().title()).startsWith("Error: ");
        assertThat(page.html().select(".happened > li")).isNotEmpty();
    }

    @Test
    @DisplayName("Many entries come on pages that plain links lead through, each on one of them")
    void showsManyOnPages() {
        save("Bio");
        OwnProfiles profiles = Visitor.context().getBean(OwnProfiles.class);
        for (int i = 0; i < 45; i++) {
            ProfileChange change = ProfileChange.of(Map.of(ProfileField.BIO, "Bio " + i));
            profiles.update(profiles.find(ada.id()).orElseThrow(), change, Origin.of(Door.ACCOUNT_API), null);
        }
        Set<String> seen = new HashSet<>();
        String next = HISTORY;
        int pages = 0;
        while (!next.isEmpty()) {
            Document page = browser.get(next).html();
            Elements entries = page.select(".happened > li h2");
            assertThat(entries.size()).isBetween(1, 20);
            entries.forEach(entry -> assertThat(seen.add(entry.id())).isTrue());
            assertThat(page.select("nav.actions a[href=" + HISTORY + "]")).hasSize(pages == 0 ? 0 : 1);
            next = page.select("nav.actions a[href*=after]").attr("href");
            pages++;
        }
        assertThat(seen).hasSize(47);
        assertThat(pages).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?after=", "?after=x", "?after=1&after=2"})
    @DisplayName("A place that makes no sense is refused on a page")
    void refusesNonsense(String query) {
        Answer page = browser.get(HISTORY + query);
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html().select("h1")).hasSize(1);
    }

    @Test
    @DisplayName("It speaks the language of the account, from right to left where that is written so")
    void speaksTheLanguageOfTheAccount() {
        Visitor.clock().advance(Duration.ofSeconds(61));
        Visitor.context()
                .getBean(ProfileEdits.class)
                .save(Links.fresh(Visitor.context(), ada), ProfileChange.of(Map.of(ProfileField.LOCALE, "ar")));
        Document page = browser.get(HISTORY).html();
        assertThat(page.select("html").attr("dir")).isEqualTo("rtl");
        assertThat(page.select("h1").text()).isEqualTo("ما الذي حدث");
    }

    private void save(String bio) {
        Visitor.clock().advance(Duration.ofSeconds(61));
        Visitor.context()
                .getBean(ProfileEdits.class)
                .save(Links.fresh(Visitor.context(), ada), ProfileChange.of(Map.of(ProfileField.BIO, bio)));
        assertThat(bio()).isEqualTo(bio);
    }

    private String bio() {
        return String.valueOf(Visitor.context()
                .getBean(Profiles.class)
                .find(ada.id())
                .orElseThrow()
                .bio());
    }

    private Element newest() {
        return browser.get(HISTORY).html().expectFirst(".happened > li");
    }

    private Element newest(String bio) {
        assertThat(bio()).isEqualTo(bio);
        return browser.get(HISTORY).html().select(".happened > li:has(form)").first();
    }

    private static String undo(Element entry) {
        return entry.expectFirst("form").attr("action");
    }
}
