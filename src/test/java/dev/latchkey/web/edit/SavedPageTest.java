package dev.latchkey.web.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.profile.Profiles;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Browser;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import dev.latchkey.support.Sql;
import dev.latchkey.web.Site;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a save leads to: the account's pages, and the way back. */
final class SavedPageTest {
    private static final Map<String, String> PRESSED = Map.of("undo", "yes");

    private final EmbeddedServer server = Site.server();
    private final Browser browser = new Browser(server);
    private final Account somebody = People.somebody(Site.context());

    @Test
    @DisplayName("A save signs its browser in, and leads to the profile and to the next change")
    void leadsIntoTheAccount() {
        Document page = saved("bio", "New");

        assertThat(page.select(".changed li").eachText()).containsExactly("Bio");
        assertThat(page.select(".actions a").eachAttr("href")).contains("/account", "/account/profile");
        assertThat(browser.isSignedIn()).isTrue();
        assertThat(browser.get("/account").text()).contains(somebody.email().value());
    }

    @Test
    @DisplayName("A form that changes nothing signs nobody in, nor does a save by JSON")
    void signsNobodyInWithoutASave() {
        String token = Links.fresh(Site.context(), somebody);
        Answer unchanged = browser.form("/edit/" + token, Map.of("bio", ""));
        Answer json = new Api(server).post("/api/update/save", Map.of("token", token, "bio", "New"));

        assertThat(unchanged.status()).isEqualTo(200);
        assertThat(json.status()).isEqualTo(200);
        assertThat(unchanged.header("Set-Cookie") + json.header("Set-Cookie")).isEmpty();
    }

    @Test
    @DisplayName("One button puts everything back, signs everybody out, and says what was put back")
    void undoesTheSave() {
        saved("bio", "Old");
        Site.clock().advance(Duration.ofMinutes(1));
        Document page = saved("bio", "New", "name", "Eve");
        Element form = page.expectFirst("form[action$=/undo]");
        assertThat(form.expectFirst("button").text()).isEqualTo("Undo this change");
        Answer done = browser.form(form.attr("action"), PRESSED);

        assertThat(done.status()).isEqualTo(303);
        assertThat(bio()).hasValue("Old");
        assertThat(browser.isSignedIn()).isFalse();
        Document told = browser.get(done.header("Location")).html();
        assertThat(told.select("h1").text()).isEqualTo("The change was undone");
        assertThat(told.select("main li").eachText()).containsExactlyInAnyOrder("Bio", "Name");
        assertThat(told.select("main .actions a").attr("href")).isEqualTo("/account");
        assertThat(browser.get(done.header("Location")).status()).as("reloaded").isEqualTo(200);
        String saved = form.attr("action").replace("/undo", "/saved");
        assertThat(browser.get(saved).header("Location")).isEqualTo(done.header("Location"));
    }

    @Test
    @DisplayName("A form that was sent without its button changes nothing")
    void needsTheButton() {
        String undo = saved("bio", "New").expectFirst("form[action$=/undo]").attr("action");

        for (Answer answer : new Answer[] {
            browser.form(undo, Map.of()),
            browser.form(undo, Map.of("undo", "")),
            browser.get(undo.replace("/undo", "/undone"))
        }) {
            assertThat(answer.status()).isIn(200, 303);
        }
        assertThat(new Api(server).post(undo, null, "Accept", "text/html").status())
                .isEqualTo(303);
        assertThat(bio()).hasValue("New");
        assertThat(browser.isSignedIn()).isTrue();
    }

    @Test
    @DisplayName("Pressed many times at once, it is undone once, and everybody reads that it was")
    void undoesOnce() throws Exception {
        String undo = saved("bio", "New").expectFirst("form[action$=/undo]").attr("action");
        Api api = Api.browser(server);

        assertThat(Race.of(8, () -> api.form(undo, PRESSED)))
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(303));
        assertThat(bio()).isEmpty();
        assertThat(api.get(undo.replace("/undo", "/saved")).header("Location")).endsWith("/undone");
        assertThat(Sql.count(
                        Site.context(),
                        "SELECT count(*) FROM changes WHERE door = 'UNDO' AND account_id = '" + somebody.id() + "'"))
                .isOne();
    }

    @Test
    @DisplayName("When its time is over the page has no button, and a POST changes nothing")
    void endsWithItsTime() {
        Document page = saved("bio", "New");
        String undo = page.expectFirst("form[action$=/undo]").attr("action");
        Site.clock().advance(Duration.ofHours(73));

        Document later = browser.get(undo.replace("/undo", "/saved")).html();
        assertThat(later.select(".changed li").eachText()).containsExactly("Bio");
        assertThat(later.select("main form")).isEmpty();
        assertThat(browser.form(undo, PRESSED).header("Location")).endsWith("/saved");
        assertThat(bio()).hasValue("New");
    }

    @Test
    @DisplayName("A link that saved nothing undoes nothing")
    void undoesNothingWithAnotherLink() {
        String open = Links.fresh(Site.context(), somebody);
        assertThat(browser.form("/edit/" + open + "/undo", PRESSED).header("Location"))
                .isEqualTo("/edit/" + open);
        Site.clock().advance(Duration.ofMinutes(16));
        assertThat(browser.form("/edit/" + open + "/undo", PRESSED).status()).isEqualTo(410);
        assertThat(browser.get("/edit/" + open + "/undone").status()).isEqualTo(410);
        assertThat(browser.form("/edit/nonsense/undo", PRESSED).status()).isEqualTo(404);
    }

    /** The page after a save with a fresh link. */
    private Document saved(String... namesAndValues) {
        String token = Links.fresh(Site.context(), somebody);
        Map<String, String> fields = namesAndValues.length == 2
                ? Map.of(namesAndValues[0], namesAndValues[1])
                : Map.of(namesAndValues[0], namesAndValues[1], namesAndValues[2], namesAndValues[3]);
        return browser.get(browser.form("/edit/" + token, fields).header("Location"))
                .html();
    }

    private Optional<String> bio() {
        return Site.context()
                .getBean(Profiles.class)
                .find(somebody.id())
                .flatMap(profile -> Optional.ofNullable(profile.bio()));
    }
}
