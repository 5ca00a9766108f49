package dev.latchkey.web.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.magiclink.LinkState;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.magiclink.OpenLinks;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Browser;
import dev.latchkey.support.Cells;
import dev.latchkey.support.Images;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import dev.latchkey.web.Site;
import io.micronaut.runtime.server.EmbeddedServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** People take their time with the form: the link gets more of it, and nothing that they typed or chose is lost. */
class EditPaceTest {
    private static final String PASSPHRASE = "seven quiet otters";
    private static final Duration LIFETIME = Duration.ofMinutes(15);

    private final EmbeddedServer server = Site.server();
    private final Browser browser = new Browser(server);
    private final Api api = new Api(server);
    private final Account somebody = People.somebody(Site.context());
    private final String token = Links.fresh(Site.context(), somebody);
    private final String form = "/edit/" + token;

    @Test
    @DisplayName("The page says for how long the link still works, and offers more time by a button of the form")
    void saysHowLongTheLinkWorks() {
        Document page = browser.get(form).html();
        Element end = page.expectFirst("time#ends");
        assertThat(end.text()).matches("Your link ends in 15 minutes, at \\d+:\\d\\d.[AP]M UTC\\.");
        assertThat(end.attr("datetime")).isEqualTo(expiresAt().toString());
        Element button = page.expectFirst("form.card button[data-more]");
        assertThat(button.text()).isEqualTo("I need more time");
        assertThat(button.attr("formaction")).isEqualTo(form + "/time");
        assertThat(page.expectFirst("form.card button").hasAttr("formaction"))
                .as("the Enter key saves")
                .isFalse();
    }

    @Test
    @DisplayName(
            "Pressing it with nothing but itself leads back to the form, 15 minutes later each time, two hours in all")
    void givesMoreTimeUpToTwoHours() {
        Instant first = expiresAt();
        for (int i = 1; i <= 7; i++) {
            Answer pressed = browser.form(form + "/time", Map.of());
            assertThat(pressed.status()).isEqualTo(303);
            assertThat(pressed.header("Location")).isEqualTo(form);
            assertThat(expiresAt()).isEqualTo(first.plus(LIFETIME.multipliedBy(i)));
        }
        assertThat(browser.get(form).html().select("[data-more]")).isEmpty();
        assertThat(api.send("POST", form + "/time", null, "Accept", "text/html").status())
                .isEqualTo(303);
        assertThat(expiresAt()).isEqualTo(first.minus(LIFETIME).plus(OpenLinks.LONGEST));
        Document none = browser.form(form + "/time", Map.of("bio", "Kept")).html();
        assertThat(none.select("[data-focus] h2").text()).isEqualTo("Your link can’t get more time");
        assertThat(none.select("#bio").text()).isEqualTo("Kept");
        Site.clock().advance(OpenLinks.LONGEST);
        assertThat(browser.get(form).status()).isEqualTo(410);
    }

    @Test
    @DisplayName("Pressed in the middle of the form it keeps what was typed and chosen, but for the passphrase")
    void keepsTheFormWhenMoreTimeIsAskedFor() {
        Instant first = expiresAt();
        Answer page = browser.upload(
                form + "/time",
                Map.of("bio", "Half a story", "name", "Ada", "passphrase", PASSPHRASE, "version", "0", "more", "yes"),
                Images.jpeg(64, 64));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html().select("#bio").text()).isEqualTo("Half a story");
        assertThat(page.html().select("#name").attr("value")).isEqualTo("Ada");
        assertThat(page.html().select("[data-focus] h2").text()).isEqualTo("You have more time");
        assertThat(page.html().select("#photo-kept")).hasSize(1);
        assertThat(page.text()).doesNotContain("otters");
        assertThat(expiresAt()).isEqualTo(first.plus(LIFETIME));
        assertThat(state()).isEqualTo(LinkState.OPENED);
        assertThat(load().text("bio")).as("nothing is saved").isNotEqualTo("Half a story");
    }

    @Test
    @DisplayName("An ended, unknown, forged or nobody's link gets nothing, and says what it always says")
    void givesDeadLinksNothing() {
        for (String forged : new String[] {"x", token + "0", "0" + token.substring(1)}) {
            assertThat(browser.form("/edit/" + forged + "/time", Map.of("bio", "x"))
                            .status())
                    .isEqualTo(404);
            assertThat(browser.form("/edit/" + forged + "/forget", Map.of()).status())
                    .isEqualTo(404);
        }
        Sql.run(Site.context(), "UPDATE magic_links SET account_id = NULL WHERE id = '" + token.substring(0, 31) + "'");
        Sql.run(
                Site.context(),
                "UPDATE link_requests SET account_id = NULL WHERE link_id = '" + token.substring(0, 31) + "'");
        Answer decoy = browser.form(form + "/time", Map.of("bio", "To nobody"));
        assertThat(decoy.status()).isEqualTo(browser.get(form).status());
        assertThat(decoy.response().headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(decoy.text()).contains("To nobody");
        Site.clock().advance(Duration.ofMinutes(2));
        String late = fresh();
        Site.clock().advance(LIFETIME);
        assertThat(browser.form("/edit/" + late + "/time", Map.of()).status()).isEqualTo(410);
        assertThat(browser.get("/edit/" + late).status()).isEqualTo(410);
    }

    @Test
    @DisplayName(
            "What was typed into an ended form is on the page that says so, with its labels, and nothing of the passphrase")
    void keepsWhatWasTypedOnTheDeadLinkPage() {
        Site.clock().advance(LIFETIME);
        Answer dead = browser.upload(
                form,
                Map.of("name", "Ada", "bio", "\r\nA long\r\nstory", "locale", "pt-BR", "passphrase", PASSPHRASE),
                Images.jpeg(64, 64));
        assertThat(dead.status()).isEqualTo(410);
        Document page = dead.html();
        assertThat(page.select(".typed label").eachText()).containsExactly("Name", "Bio", "Language");
        assertThat(page.select("#typed-name").attr("value")).isEqualTo("Ada");
        assertThat(page.expectFirst("#typed-bio").wholeText()).isEqualTo("\nA long\nstory");
        assertThat(page.select("#typed-locale").attr("value")).contains("Portuguese");
        assertThat(page.select(".typed p").text()).contains("in this browser", "Choose it again");
        assertThat(dead.text()).doesNotContain("otters");
        String cookie = dead.header("Set-Cookie");
        assertThat(cookie).contains("HTTPOnly", "SameSite=Lax", "Max-Age=86400", "Path=/");
        assertThat(browser.get(form).html().select("#typed-name").attr("value"))
                .as("a reload, too")
                .isEqualTo("Ada");
        assertThat(new Browser(server).get(form).html().select(".typed")).isEmpty();
        for (Cells.Cell cell : Cells.all(Site.context())) {
            assertThat(cell.value()).doesNotContain("otters", cookie.replaceAll(".*=([0-9a-z]{20,});.*", "$1"));
        }
    }

    @Test
    @DisplayName("It comes back behind a fresh link in the same browser, not saved yet, and is forgotten on Save")
    void comesBackBehindAFreshLink() {
        typeInVain(Map.of("bio", "A long story", "nickname", "Not Good"));
        Answer back = browser.get("/edit/" + fresh());
        assertThat(back.html().select("#bio").text()).isEqualTo("A long story");
        assertThat(back.html().select("#nickname").attr("value")).isEqualTo("Not Good");
        assertThat(back.html().select("[data-focus] h2").text()).isEqualTo("What you typed before is back");
        Site.clock().advance(Duration.ofMinutes(2));
        String next = "/edit/" + fresh();
        Map<String, String> filled = filled(browser.get(next).html());
        assertThat(filled).containsEntry("bio", "A long story").containsEntry("base-bio", "");
        filled.remove("nickname");
        assertThat(browser.form(next, filled).status()).isEqualTo(303);
        assertThat(browser.get(next + "/saved").html().select(".changed li").eachText())
                .containsExactly("Bio");
        Site.clock().advance(Duration.ofMinutes(2));
        assertThat(browser.get("/edit/" + fresh()).html().select("#nickname").attr("value"))
                .isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    @DisplayName("Neither another browser nor another account ever sees it")
    void comesBackToNobodyElse() {
        typeInVain(Map.of("bio", "Only mine"));
        assertThat(new Browser(server).get("/edit/" + fresh()).text()).doesNotContain("Only mine");
        Account other = People.somebody(Site.context());
        String theirs = Links.fresh(Site.context(), other);
        assertThat(browser.get("/edit/" + theirs).text()).doesNotContain("Only mine");
        Site.clock().advance(LIFETIME);
        assertThat(browser.get("/edit/" + theirs).text()).doesNotContain("Only mine");
        Browser stranger = new Browser(server);
        stranger.plant("latchkey-typed", "00000000000000000000000000000000");
        assertThat(stranger.get("/edit/" + fresh()).text()).doesNotContain("Only mine");
        assertThat(browser.get("/edit/" + fresh()).text()).contains("Only mine");
    }

    @Test
    @DisplayName("It can be dropped, is gone after a day, and a used or withdrawn link keeps what was typed as well")
    void isDroppedOrEndsWithTheDay() {
        typeInVain(Map.of("bio", "A passing thought"));
        String next = "/edit/" + fresh();
        Element drop = browser.get(next).html().expectFirst("[data-focus] form");
        Answer dropped = browser.form(drop.attr("action"), Map.of());
        assertThat(dropped.status()).isEqualTo(303);
        assertThat(browser.get(next).html().select("#bio").text()).isEmpty();

        String used = next;
        assertThat(browser.form(used, Map.of("name", "Ada")).status()).isEqualTo(303);
        assertThat(browser.form(used, Map.of("bio", "Too late")).status()).isEqualTo(410);
        Site.clock().advance(Duration.ofMinutes(2));
        assertThat(browser.get("/edit/" + fresh()).html().select("#bio").text()).isEqualTo("Too late");
        Site.clock().advance(Duration.ofDays(1));
        assertThat(browser.get("/edit/" + fresh()).html().select("#bio").text()).isEmpty();
    }

    @Test
    @DisplayName(
            "A photo uploaded with an otherwise wrong form is kept, shown and saved, and all errors come in one round")
    void keepsThePhotoOfAWrongForm() {
        Answer wrong = browser.upload(form, Map.of("nickname", "No Good"), Images.jpeg(64, 64));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.html().select("#photo-again")).isEmpty();
        String kept = wrong.html().expectFirst(".photo img.face").attr("src");
        assertThat(kept).startsWith(form + "/kept.jpg");
        Answer image = browser.get(kept);
        assertThat(image.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(image.header("Cache-Control")).isEqualTo("no-store");
        assertThat(browser.get(form).html().select("#photo-kept").text())
                .isEqualTo("Your new photo is kept until you save.");

        Answer both =
                browser.upload(form, Map.of("nickname", "No Good"), "no picture".getBytes(StandardCharsets.UTF_8));
        assertThat(both.html().select("[data-focus] a").eachAttr("href")).containsExactly("#photo", "#nickname");
        assertThat(both.html().select("#photo-kept")).hasSize(1);

        assertThat(browser.form(form, Map.of("name", "Ada", "keptPhoto", "true"))
                        .status())
                .isEqualTo(303);
        assertThat(browser.get(form + "/saved").html().select(".changed li").eachText())
                .containsExactly("Name", "Photo");
        assertThat(browser.get(kept).status()).isEqualTo(404);
        Site.clock().advance(Duration.ofMinutes(2));
        assertThat(browser.get("/edit/" + fresh()).html().select("#photo-kept")).isEmpty();
    }

    @Test
    @DisplayName("A kept photo is dropped by its box, gives way to another one, and to the wish to have none")
    void givesTheKeptPhotoUp() {
        browser.upload(form, Map.of("nickname", "No Good"), Images.jpeg(64, 64));
        Answer dropped = browser.form(form, Map.of("nickname", "No Good", "dropPhoto", "true", "keptPhoto", "true"));
        assertThat(dropped.html().select("#photo-kept")).isEmpty();
        assertThat(browser.form(form, Map.of("keptPhoto", "true"))
                        .html()
                        .select("[data-focus] h2")
                        .text())
                .isEqualTo("Nothing was changed");

        browser.upload(form, Map.of("nickname", "No Good"), Images.jpeg(64, 64));
        assertThat(browser.upload(form, Map.of(), Images.jpeg(80, 64)).status()).isEqualTo(303);
        assertThat(load(fresh()).text("photoUrl"))
                .contains(Images.processed(Site.context(), Images.jpeg(80, 64)).hash());
    }

    @Test
    @DisplayName("Each upload counts against the limit once, and saving a kept photo does not")
    void countsUploadsOnce() {
        browser.upload(form, Map.of("nickname", "No Good"), Images.jpeg(64, 64));
        assertThat(browser.form(form, Map.of("name", "Ada", "keptPhoto", "true"))
                        .status())
                .isEqualTo(303);
        assertThat(Sql.count(
                        Site.context(),
                        "SELECT count(*) FROM photo_uploads WHERE account_id = '" + somebody.id() + "'"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("A conflict keeps the photo, too")
    void keepsThePhotoInAConflict() {
        Map<String, String> opened = filled(browser.get(form).html());
        Site.clock().advance(Duration.ofMinutes(2));
        String other = fresh();
        assertThat(api.post("/api/update/save", Map.of("token", other, "bio", "By another door"))
                        .status())
                .isEqualTo(200);
        Site.clock().advance(Duration.ofMinutes(2));
        String mine = "/edit/" + fresh();
        opened.put("bio", "Mine");
        Answer conflict = browser.upload(mine, opened, Images.jpeg(64, 64));
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.html().select("#bio").text()).isEqualTo("Mine");
        assertThat(conflict.html().select("#photo-kept")).hasSize(1);
        assertThat(conflict.html().select("#photo-again")).isEmpty();
    }

    private void typeInVain(Map<String, String> fields) {
        Site.clock().advance(LIFETIME);
        assertThat(browser.form(form, fields).status()).isEqualTo(410);
    }

    /** What a browser would send of a form as it is. */
    private static Map<String, String> filled(Document page) {
        Map<String, String> fields = new HashMap<>();
        page.select("form.card input[name], form.card textarea[name], form.card select[name]").stream()
                .filter(input -> !input.attr("type").matches("file|checkbox|password"))
                .forEach(input -> fields.put(input.attr("name"), input.val()));
        return fields;
    }

    private String fresh() {
        Site.clock().advance(Duration.ofMinutes(2));
        return Links.fresh(Site.context(), somebody);
    }

    private Instant expiresAt() {
        return Instant.parse(load().text("expiresAt"));
    }

    private Answer load() {
        return load(token);
    }

    private Answer load(String link) {
        return api.post("/api/update/load", Map.of("token", link));
    }

    private LinkState state() {
        return Site.context()
                .getBean(LinkStatusService.class)
                .newestOf(somebody.id(), Instant.now().plus(Duration.ofDays(999)), somebody.id(), 1)
                .getFirst()
                .state();
    }

    private long rows() {
        return Sql.count(Site.context(), "SELECT count(*) FROM typed_forms WHERE account_id = '" + somebody.id() + "'");
    }
}
