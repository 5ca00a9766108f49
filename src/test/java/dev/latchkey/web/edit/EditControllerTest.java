package dev.latchkey.web.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.Tier;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkState;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.profile.PassphraseChoice;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.Profiles;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import dev.latchkey.web.Site;
import dev.latchkey.web.session.ExistingPassphrase;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.simple.SimpleHttpRequest;
import io.micronaut.views.ModelAndView;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class EditControllerTest {
    private static final String PASSPHRASE = "seven quiet otters";

    private final Api browser = Site.browser();
    private final Account somebody = People.somebody(Site.context());
    private final String token = Links.fresh(Site.context(), somebody);

    @Test
    void showsWhatIsStored() {
        save(Map.of(
                "name",
                "Ada Lovelace",
                "nickname",
                "ada" + somebody.pin(),
                "pronouns",
                "she/her",
                "bio",
                "\nline <b>one</b>",
                "locale",
                "pt-BR"));
        Site.clock().advance(Duration.ofMinutes(1));
        Answer page = browser.get("/edit/" + Links.fresh(Site.context(), somebody));
        assertThat(page.status()).isEqualTo(200);
        Document html = page.html();
        assertThat(html.select("dd").eachText()).contains(somebody.email().value(), Integer.toString(somebody.pin()));
        assertThat(html.select("#name").attr("value")).isEqualTo("Ada Lovelace");
        assertThat(html.select("#pronouns").attr("value")).isEqualTo("she/her");
        assertThat(html.select("#pronouns").attr("aria-describedby")).isEqualTo("pronouns-hint");
        assertThat(html.select("#nickname").attr("value")).isEqualTo("ada" + somebody.pin());
        assertThat(textOf(html, "bio")).isEqualTo("\nline <b>one</b>");
        assertThat(html.select("#locale option[selected]").attr("value")).isEqualTo("pt-BR");
        assertThat(html.select("#locale option[value=fa]").text()).contains("persa", "فارسی");
        assertThat(html.select("input[name=version]").attr("value")).isEqualTo("1");
        assertThat(html.select("#passphrase").attr("autocomplete")).isEqualTo("new-password");
        assertThat(html.select("#photo").attr("accept")).isEqualTo("image/jpeg,image/png,image/webp");
        assertThat(html.select("form").attr("enctype")).isEqualTo("multipart/form-data");
        assertThat(html.select("form").hasAttr("novalidate")).isTrue();
    }

    @Test
    void saysInWordsWhatIsMissingForPro() {
        assertThat(missing(token)).isEqualTo("Still missing for PRO: a nickname, a bio, and a photo.");
        browser.upload("POST", "/edit/" + token, form("nickname", "pro" + somebody.pin(), "bio", "There"), new byte[0]);
        String second = another();
        assertThat(missing(second)).isEqualTo("Still missing for PRO: a photo.");
        browser.upload("POST", "/edit/" + second, Map.of(), picture());
        String third = another();
        assertThat(missing(third)).isEqualTo("You have everything you need for PRO.");
        Site.context().getBean(Accounts.class).updateTier(somebody.id(), Tier.PRO);
        assertThat(missing(third)).isEmpty();
    }

    @Test
    void neverMissesTheProofThatTheLinkItselfIs() {
        Sql.run(Site.context(), "UPDATE accounts SET email_verified_at = NULL WHERE id = '" + somebody.id() + "'");
        assertThat(missing(token)).isEqualTo("Still missing for PRO: a nickname, a bio, and a photo.");
    }

    private String missing(String link) {
        return browser.get("/edit/" + link).html().select("dd .hint").text();
    }

    private String another() {
        Site.clock().advance(Duration.ofMinutes(1));
        return Links.fresh(Site.context(), somebody);
    }

    @Test
    @Asvs("3.5.3")
    void changesNothingWhenLookedAt() {
        for (int i = 0; i < 3; i++) {
            assertThat(browser.get("/edit/" + token).status()).isEqualTo(200);
            assertThat(browser.send("HEAD", "/edit/" + token, null).status()).isEqualTo(200);
        }
        assertThat(state()).isNotIn(LinkState.OPENED, LinkState.SAVED);
    }

    @Test
    void savesOnceAndSaysWhatChangedAsOftenAsAsked() {
        Answer saved = browser.upload(
                "POST", "/edit/" + token, form("bio", "Poet of science", "passphrase", PASSPHRASE), picture());
        assertThat(saved.status()).isEqualTo(303);
        String location = saved.header("Location");
        assertThat(location).isEqualTo("/edit/" + token + "/saved");
        for (int i = 0; i < 2; i++) {
            Answer page = browser.get(location);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.html().select(".changed li").eachText()).containsExactly("Bio", "Passphrase", "Photo");
            assertThat(page.text()).contains("Your passphrase is new, so you were signed out everywhere else.");
        }
        assertThat(browser.get("/edit/" + token).status()).isEqualTo(410);
        Site.clock().advance(Duration.ofMinutes(1));
        Document again =
                browser.get("/edit/" + Links.fresh(Site.context(), somebody)).html();
        Element photo = again.expectFirst("img.face");
        assertThat(photo.attr("src")).matches("/photos/[0-9a-f]{64}\\.jpg");
        assertThat(browser.get(photo.attr("src")).status()).isEqualTo(200);
        assertThat(again.select("#removePhoto")).hasSize(1);
        assertThat(again.select("#passphrase-hint").text()).endsWith("Leave it empty to keep the one you have.");
    }

    @Test
    void saysThatNothingWasChangedAndKeepsTheLink() {
        Answer page = browser.upload("POST", "/edit/" + token, form(), new byte[0]);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html().select("[role=alert] h2").text()).isEqualTo("Nothing was changed");
        assertThat(state()).isEqualTo(LinkState.OPENED);
        assertThat(browser.get("/edit/" + token).status()).isEqualTo(200);
    }

    @Test
    void showsInvalidFieldsAgainInTheirOrderWithWhatWasTyped() {
        Answer page = browser.upload(
                "POST",
                "/edit/" + token,
                form("nickname", "9lives", "bio", "x".repeat(2001), "passphrase", PASSPHRASE, "locale", "xx"),
                picture());
        assertThat(page.status()).isEqualTo(422);
        assertThat(page.text()).doesNotContain(PASSPHRASE);
        Document html = page.html();
        assertThat(html.title()).isEqualTo("Error: Your profile – Latchkey");
        assertThat(html.select("[role=alert] a").eachAttr("href")).containsExactly("#nickname", "#bio", "#locale");
        assertThat(html.select("[role=alert] a").eachText())
                .containsExactly(
                        "The nickname can contain only a to z, digits and underscores, and must start with a letter",
                        "The bio must be 2,000 characters or fewer",
                        "Choose a language from the list");
        assertThat(html.select("#nickname").attr("value")).isEqualTo("9lives");
        assertThat(html.select("#nickname").attr("aria-describedby")).isEqualTo("nickname-hint nickname-error");
        assertThat(textOf(html, "bio")).isEqualTo("x".repeat(2001));
        assertThat(html.select("#locale option[selected]").attr("value")).isEqualTo("xx");
        assertThat(html.select("#passphrase").hasAttr("value")).isFalse();
        assertThat(html.text()).contains("Type the passphrase again", "Your new photo is kept until you save.");
        assertThat(browser.get("/edit/" + token).status()).isEqualTo(200);
    }

    @Test
    void suggestsANicknameAndKeepsWhatWasTypedWithoutSavingAnything() {
        Answer page = browser.upload(
                "POST",
                "/edit/" + token,
                form("nickname", "admin", "bio", "kept", "passphrase", PASSPHRASE, "suggestNickname", "true"),
                picture());
        assertThat(page.status()).isEqualTo(200);
        Document html = page.html();
        String suggested = html.select("#nickname").attr("value");
        assertThat(suggested).matches("[a-z]+_[a-z]+");
        assertThat(html.select("#nickname").hasAttr("autofocus")).isTrue();
        assertThat(html.select("#nickname").attr("aria-describedby")).isEqualTo("nickname-hint nickname-suggested");
        assertThat(textOf(html, "bio")).isEqualTo("kept");
        assertThat(page.text()).doesNotContain(PASSPHRASE);
        assertThat(html.text()).contains("Type the passphrase again", "Your new photo is kept until you save.");
        assertThat(state()).isEqualTo(LinkState.OPENED);
        Answer again = browser.form("/edit/" + token, form("nickname", suggested, "suggestNickname", "true"));
        assertThat(again.html().select("#nickname").attr("value")).isNotEqualTo(suggested);
        assertThat(browser.form("/edit/" + token, form("nickname", suggested)).status())
                .isEqualTo(303);
    }

    @Test
    void savesWhenEnterIsPressedBecauseTheFirstButtonIsThatOne() {
        Document html = browser.get("/edit/" + token).html();
        Element first = html.expectFirst("form.card button");
        assertThat(first.hasAttr("name")).isFalse();
        assertThat(first.hasAttr("type")).isFalse();
        assertThat(html.select("form.card button[type=submit]").eachText())
                .containsExactly("Suggest another", "Save my profile");
    }

    @Test
    void saysBesideThePhotoWhatIsWrongWithIt() {
        Answer page = browser.upload(
                "POST", "/edit/" + token, form("bio", "kept"), "no image at all".getBytes(StandardCharsets.UTF_8));
        assertThat(page.status()).isEqualTo(422);
        assertThat(page.html().select("#photo-error").text())
                .isEqualTo("Error: The photo must be a JPEG, PNG or WebP image");
        assertThat(textOf(page.html(), "bio")).isEqualTo("kept");
        Answer large = browser.upload("POST", "/edit/" + token, form(), new byte[6 << 20]);
        assertThat(large.status()).isEqualTo(422);
        assertThat(large.html().select("[role=alert] a[href=#photo]").text())
                .isEqualTo("The photo must be 5 MB or smaller");
    }

    @Test
    void tellsWhatIsStoredNowWhenSomebodyElseWasFaster() {
        change("Somebody else's bio", "da");
        Answer page = browser.upload("POST", "/edit/" + token, form("bio", "My bio", "name", "Ada"), new byte[0]);
        assertThat(page.status()).isEqualTo(409);
        Document html = page.html();
        assertThat(html.select("[role=alert] h2").text()).isEqualTo("Your profile was changed in the meantime");
        assertThat(html.select("#bio-stored bdi").text()).isEqualTo("Somebody else's bio");
        assertThat(html.select("#bio").attr("aria-describedby")).isEqualTo("bio-hint bio-stored");
        assertThat(html.select("#name-stored").text()).isEqualTo("Stored now Nothing");
        assertThat(html.select("#locale option[selected]").attr("value"))
                .as("no choice was made")
                .isEqualTo("da");
        assertThat(textOf(html, "bio")).isEqualTo("My bio");
        String version = html.select("input[name=version]").attr("value");
        Map<String, String> again = form("bio", "My bio", "name", "Ada");
        again.put("version", version);
        assertThat(browser.upload("POST", "/edit/" + token, again, new byte[0]).status())
                .isEqualTo(303);
    }

    @Test
    void keepsWhatSomebodyElseStoredInFieldsThatThePersonDidNotTouch() {
        change("line one\nline two", "da");
        String link = another();
        Map<String, String> opened = fields(browser.get("/edit/" + link).html());
        change(Profile.of(
                somebody.id(),
                Map.of(
                        ProfileField.NAME,
                        "Newer name",
                        ProfileField.BIO,
                        "line one\nline two",
                        ProfileField.LOCALE,
                        "fr"),
                2,
                Site.clock().instant()));

        opened.put("bio", "My own bio");
        assertThat(browser.upload("POST", "/edit/" + link, opened, new byte[0]).status())
                .isEqualTo(303);
        assertThat(stored().name()).isEqualTo("Newer name");
        assertThat(stored().locale()).isEqualTo("fr");
        assertThat(stored().bio()).isEqualTo("My own bio");
    }

    @Test
    void asksOnlyAboutTheFieldThatBothChanged() {
        change("Old bio", "da");
        String link = another();
        Map<String, String> opened = fields(browser.get("/edit/" + link).html());
        change(Profile.of(
                somebody.id(),
                Map.of(ProfileField.NAME, "Newer name", ProfileField.BIO, "Their bio", ProfileField.LOCALE, "da"),
                2,
                Site.clock().instant()));

        opened.put("bio", "My own bio");
        opened.put("nickname", "n" + somebody.pin());
        Answer conflict = browser.upload("POST", "/edit/" + link, opened, new byte[0]);
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.html().select("[role=alert] a").eachAttr("href")).containsExactly("#bio");
        assertThat(conflict.html().select("#bio-stored bdi").text()).isEqualTo("Their bio");
        Map<String, String> merged = fields(conflict.html());
        assertThat(merged)
                .containsEntry("bio", "My own bio")
                .containsEntry("name", "Newer name")
                .containsEntry("nickname", "n" + somebody.pin());
        assertThat(browser.upload("POST", "/edit/" + link, merged, new byte[0]).status())
                .isEqualTo(303);
        assertThat(stored().bio()).isEqualTo("My own bio");
        assertThat(stored().name()).isEqualTo("Newer name");
    }

    @Test
    void burnsNothingWhenOnlySomebodyElseChangedTheProfile() {
        change("Old bio", "da");
        String link = another();
        Map<String, String> opened = fields(browser.get("/edit/" + link).html());
        change(Profile.of(
                somebody.id(),
                Map.of(ProfileField.BIO, "Their bio", ProfileField.LOCALE, "da"),
                2,
                Site.clock().instant()));

        Answer page = browser.upload("POST", "/edit/" + link, opened, new byte[0]);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html().select("[role=alert] h2").text()).isEqualTo("Nothing was changed");
        assertThat(textOf(page.html(), "bio")).isEqualTo("Their bio");
    }

    @Test
    void asksBeforeAPhotoThatSomebodyElseStoredIsRemoved() {
        store(Profile.of(
                somebody.id(),
                Map.of(ProfileField.PHOTO, "a".repeat(64)),
                1,
                Site.clock().instant()));
        Map<String, String> opened = fields(browser.get("/edit/" + token).html());
        change(Profile.of(
                somebody.id(),
                Map.of(ProfileField.PHOTO, "b".repeat(64)),
                2,
                Site.clock().instant()));

        opened.put("removePhoto", "true");
        Answer conflict = browser.upload("POST", "/edit/" + token, opened, new byte[0]);
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.html().select("[role=alert] a").eachAttr("href")).containsExactly("#photo");
        assertThat(conflict.html().select("#removePhoto").hasAttr("checked")).isTrue();
    }

    @Test
    @SuppressWarnings("try") // The lock is held, not used.
    void keepsWhatWasTypedWhileTheDatabaseIsBusy() throws Exception {
        String url = Site.context().getRequiredProperty("datasources.default.url", String.class);
        try (Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            Answer page = browser.upload("POST", "/edit/" + token, form("bio", "Not lost"), picture());
            assertThat(page.status()).isEqualTo(503);
            assertThat(page.header("Retry-After")).isEqualTo("5");
            assertThat(page.html().select("[role=alert] h2").text()).isEqualTo("Your changes could not be saved");
            assertThat(textOf(page.html(), "bio")).isEqualTo("Not lost");
            assertThat(page.html().select("#photo-again")).hasSize(1);
            statement.execute("ROLLBACK");
        }
        assertThat(browser.form("/edit/" + token, form("bio", "Not lost")).status())
                .isEqualTo(303);
    }

    @Test
    void showsTheFormEvenWhenTheDatabaseCannotBeReadEither() throws IOException {
        EditForm typed = new EditForm(
                Map.of(ProfileField.NAME, "Ada", ProfileField.LOCALE, "en", ProfileField.BIO, "Not lost"),
                0L,
                Map.of(),
                null,
                false,
                false,
                false,
                new PassphraseChoice.Typed(PASSPHRASE),
                new ExistingPassphrase(false, null),
                Map.of(),
                Set.of());
        HttpRequest<?> request = new SimpleHttpRequest<>(HttpMethod.GET, "/edit/x", null);
        Object body = Site.context()
                .getBean(EditPages.class)
                .unavailable(request, EditPage.Place.behind("x", null), typed, false)
                .body();
        StringWriter page = new StringWriter();
        Site.renderer()
                .render(
                        "edit",
                        ((ModelAndView<?>) Objects.requireNonNull(body))
                                .getModel()
                                .orElseThrow(),
                        request)
                .writeTo(page);
        Document html = Jsoup.parse(page.toString());
        assertThat(html.select("dl")).isEmpty();
        assertThat(textOf(html, "bio")).isEqualTo("Not lost");
        assertThat(page.toString()).doesNotContain(PASSPHRASE);
    }

    @Test
    void takesTheFormOfAPageThatTellsNoReferrer() {
        Answer page = browser.form("/edit/" + token, form("name", "Ada"), "Origin", "null");
        assertThat(page.status()).isEqualTo(303);
    }

    @Test
    void worksWithoutAFileToo() {
        assertThat(browser.form("/edit/" + token, form("name", "Ada")).status()).isEqualTo(303);
    }

    @Test
    @Asvs({"3.4.5", "14.2.2", "14.3.2"})
    void neverLetsCachesReferrersOrSearchEnginesSeeAToken() {
        for (Answer page : new Answer[] {
            browser.get("/edit/" + token),
            browser.get("/edit/unknown"),
            browser.form("/edit/unknown/resend", Map.of()),
            browser.upload("POST", "/edit/" + token, form("name", "Ada"), new byte[0]),
            browser.get("/edit/" + token + "/saved"),
            browser.get("/edit/" + token + "/nothing/here")
        }) {
            assertThat(page.header("Cache-Control")).isEqualTo("no-store");
            assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(page.header("X-Robots-Tag")).isEqualTo("noindex");
            assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    private Map<String, String> form(String... fields) {
        Map<String, String> form = new HashMap<>(
                Map.of("version", "0", "name", "", "nickname", "", "bio", "", "locale", "", "passphrase", ""));
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return form;
    }

    private void save(Map<String, String> fields) {
        Map<String, String> form = form();
        form.putAll(fields);
        assertThat(browser.form("/edit/" + token, form).status()).isEqualTo(303);
    }

    /** What a browser would send back from a form as it is. */
    private static Map<String, String> fields(Document page) {
        Map<String, String> fields = new HashMap<>();
        page.select("form.card input[type=hidden], form.card input[type=text]")
                .forEach(input -> fields.put(input.attr("name"), input.attr("value")));
        page.select("form.card textarea").forEach(area -> fields.put(area.attr("name"), area.wholeText()));
        page.select("form.card select")
                .forEach(select -> fields.put(
                        select.attr("name"), select.select("option[selected]").attr("value")));
        fields.replaceAll((name, value) -> value.replace("\n", "\r\n"));
        return fields;
    }

    /** As another way into the account would do it; a second link would revoke the first. */
    private void change(String bio, String locale) {
        store(Profile.of(
                somebody.id(),
                Map.of(ProfileField.BIO, bio, ProfileField.LOCALE, locale),
                1,
                Site.clock().instant()));
    }

    private void store(Profile profile) {
        Site.context().getBean(Profiles.class).save(profile);
    }

    private void change(Profile profile) {
        Site.context().getBean(Profiles.class).update(profile);
    }

    private Profile stored() {
        return Site.context().getBean(Profiles.class).find(somebody.id()).orElseThrow();
    }

    private LinkState state() {
        LinkInspector inspector = Site.context().getBean(LinkInspector.class);
        Inspection.Open open = (Inspection.Open) inspector.inspect(token, LinkPurpose.EDIT_PROFILE);
        return Site.context()
                .getBean(LinkStatusService.class)
                .statusOf(open.requestId(), UnknownUser.REPORT)
                .orElseThrow()
                .state();
    }

    /** Jsoup, like a browser, swallows the first line break. */
    private static String textOf(Document html, String id) {
        return html.expectFirst("#" + id).wholeText();
    }

    private static byte[] picture() {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", png);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return png.toByteArray();
    }
}
