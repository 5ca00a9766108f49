package dev.latchkey.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.profile.Profile;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Browser;
import dev.latchkey.support.Images;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OwnProfileControllerTest {
    private static final String HERE = "/account/profile";
    private static final String PASSPHRASE = "seven quiet otters";

    private final Account ada = People.somebody(Visitor.context());
    private final Browser browser = Visitor.signedIn(ada);

    @Test
    @DisplayName("The form is that of a mailed link, and a save uses nothing up")
    void savesAgainAndAgain() {
        Document form = browser.get(HERE).html();
        assertThat(form.select("form[action=" + HERE + "] [name=bio]")).hasSize(1);
        assertThat(form.select("nav [aria-current=page]").text()).isEqualTo("Profile");
        assertThat(form.text()).doesNotContain("Your link");
        save(Map.of("name", "Ada", "bio", "First"));
        save(Map.of("bio", "Second"));
        assertThat(profile().name()).isEqualTo("Ada");
        assertThat(profile().bio()).isEqualTo("Second");
    }

    private void save(Map<String, String> changes) {
        Answer saved = send(changes);
        assertThat(saved.status()).isEqualTo(303);
        Answer page = browser.get(saved.header("Location"));
        assertThat(page.html().select("[role=alert] h2").text()).isEqualTo("Your profile is saved");
        assertThat(page.html().select(".changed li").size()).isEqualTo(changes.size());
    }

    @Test
    void takesAPhoto() {
        Answer saved = upload(Map.of(), Images.jpeg(64, 64));
        assertThat(saved.header("Location")).isEqualTo(HERE + "?saved=photo");
        assertThat(profile().photoHash()).isNotNull();
        assertThat(browser.get("/account").html().select("img.face").attr("src"))
                .isEqualTo("/photos/" + profile().photoHash() + ".jpg");
    }

    @Test
    @DisplayName(
            "A photo that came with an otherwise wrong form is kept with the session, shown to it alone, and saved")
    void keepsThePhotoOfAWrongForm() {
        Answer wrong = upload(Map.of("nickname", "1x"), Images.jpeg(64, 64));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.html().select("#photo-again")).isEmpty();
        String kept = wrong.html().expectFirst(".photo img.face").attr("src");
        assertThat(kept).startsWith(HERE + "/kept.jpg");
        Answer image = browser.get(kept);
        assertThat(image.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(image.header("Cache-Control")).isEqualTo("no-store");
        assertThat(Visitor.signedIn(ada).get(kept).status()).isEqualTo(404);
        assertThat(new Browser(Visitor.server()).get(kept).status()).isEqualTo(303);

        Answer both = upload(Map.of("nickname", "1x"), "no picture".getBytes(StandardCharsets.UTF_8));
        assertThat(both.html().select("[data-focus] a").eachAttr("href")).containsExactly("#photo", "#nickname");
        assertThat(both.html().select("#photo-kept").text()).isEqualTo("Your new photo is kept until you save.");

        Answer saved = send(Map.of("name", "Ada"));
        assertThat(saved.header("Location")).isEqualTo(HERE + "?saved=name,photo");
        assertThat(profile().photoHash())
                .isEqualTo(
                        Images.processed(Visitor.context(), Images.jpeg(64, 64)).hash());
        assertThat(browser.get(HERE).html().select("#photo-kept")).isEmpty();
        assertThat(browser.get(kept).status()).isEqualTo(404);
    }

    @Test
    @DisplayName(
            "A kept photo waits for the passphrase that is asked for, is dropped by its box, and ends with the session")
    void endsTheKeptPhoto() {
        Visitor.clock().advance(Duration.ofMinutes(16));
        Answer unproven = upload(Map.of("passphrase", PASSPHRASE), Images.jpeg(64, 64));
        assertThat(unproven.html().select("#photo-kept")).hasSize(1);
        Answer dropped = send(Map.of("dropPhoto", "true"));
        assertThat(dropped.html().select("[role=alert] h2").text()).isEqualTo("Nothing was changed");
        assertThat(dropped.html().select("#photo-kept")).isEmpty();

        upload(Map.of("suggestNickname", "true"), Images.jpeg(64, 64));
        assertThat(browser.get(HERE).html().select("#photo-kept")).hasSize(1);
        long kept = Sql.count(Visitor.context(), "SELECT count(*) FROM kept_photos");
        browser.ownForm("/account/sign-out", Map.of());
        assertThat(Sql.count(Visitor.context(), "SELECT count(*) FROM kept_photos"))
                .isEqualTo(kept - 1);
        assertThat(profile().photoHash()).isNull();
    }

    private Answer upload(Map<String, String> changes, byte[] photo) {
        Map<String, String> all = fields();
        all.putAll(changes);
        return Api.browser(Visitor.server()).upload("POST", HERE, all, photo, "Cookie", "latchkey=" + browser.cookie());
    }

    @Test
    @DisplayName("Each save is told to the owner, with a way to take it back")
    void recordsWhatWasChanged() {
        send(Map.of("bio", "Told"));
        assertThat(Sql.count(
                        Visitor.context(),
                        "SELECT count(*) FROM changes WHERE account_id = '" + ada.id()
                                + "' AND door = 'ACCOUNT_PAGE' AND fields = 'bio' AND undo_id IS NOT NULL"))
                .isEqualTo(1);
    }

    @Test
    void saysThatNothingWasChanged() {
        save(Map.of("bio", "Here"));
        Answer same = send(Map.of());
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.html().select("[role=alert] h2").text()).isEqualTo("Nothing was changed");
        assertThat(same.text())
                .contains("Everything in the form is saved already.")
                .doesNotContain("Your link");
    }

    @Test
    void showsWhatIsWrongAndKeepsWhatWasTyped() {
        Answer wrong = send(Map.of("nickname", "1x", "bio", "Kept"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.html().select("[role=alert] a[href=#nickname]")).hasSize(1);
        assertThat(wrong.html().select("#bio").text()).contains("Kept");
        Answer suggested = send(Map.of("suggestNickname", "true", "bio", "Kept"));
        assertThat(suggested.status()).isEqualTo(200);
        assertThat(suggested.html().select("#nickname").attr("value")).isNotEmpty();
    }

    @Test
    @DisplayName("What somebody else changed meanwhile is merged, and only what both changed is asked about")
    void mergesWhatSomebodyElseChanged() {
        save(Map.of("name", "Ada", "bio", "Here"));
        Map<String, String> opened = fields();
        Browser elsewhere = Visitor.signedIn(ada);
        String csrf = elsewhere.csrf();
        Map<String, String> other = new HashMap<>(opened);
        other.putAll(Map.of("name", "Lady Ada", "csrf", csrf));
        assertThat(elsewhere.form(HERE, other).status()).isEqualTo(303);
        opened.put("bio", "Mine");
        assertThat(browser.form(HERE, opened).status()).isEqualTo(303);
        assertThat(profile().name()).isEqualTo("Lady Ada");
        assertThat(profile().bio()).isEqualTo("Mine");
        opened.put("bio", "Both");
        Answer conflict = browser.form(HERE, opened);
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.html().select("#bio-stored").text()).contains("Mine");
    }

    @Test
    @DisplayName("A form without the secret of the session changes nothing")
    @Asvs("3.5.1")
    void refusesAForeignForm() {
        Map<String, String> foreign = fields();
        foreign.put("bio", "Theirs");
        foreign.put("csrf", Visitor.signedIn(ada).csrf());
        assertThat(browser.form(HERE, foreign).status()).isEqualTo(403);
        foreign.remove("csrf");
        assertThat(browser.form(HERE, foreign).status()).isEqualTo(403);
        assertThat(profile().bio()).isNull();
    }

    @Test
    @DisplayName("Just after signing in with a link a new passphrase needs nothing more, and ends all other sessions")
    @Asvs("6.4.3")
    void setsAPassphraseWithAFreshLink() {
        Browser elsewhere = Visitor.signedIn(ada);
        save(Map.of("passphrase", PASSPHRASE));
        assertThat(matches(PASSPHRASE)).isTrue();
        assertThat(browser.isSignedIn()).isTrue();
        assertThat(elsewhere.isSignedIn()).isFalse();
    }

    @Test
    @DisplayName("Later it needs the passphrase in use")
    @Asvs({"6.2.3", "7.5.1"})
    void asksForThePassphraseInUse() {
        save(Map.of("passphrase", PASSPHRASE));
        Visitor.clock().advance(Duration.ofMinutes(16));
        assertThat(browser.get(HERE).html().select("input[name=current]")).hasSize(1);
        Answer missing = send(Map.of("passphrase", "another passphrase", "bio", "Not yet"));
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.html().select("[role=alert] a[href=#current]").text())
                .isEqualTo("Enter your current passphrase to choose a new one");
        assertThat(missing.text()).doesNotContain("another passphrase");
        Answer wrong = send(Map.of("passphrase", "another passphrase", "current", "a guess"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(matches(PASSPHRASE)).isTrue();
        assertThat(profile().bio()).isNull();
        save(Map.of("passphrase", "another passphrase", "current", PASSPHRASE), 1);
        assertThat(matches("another passphrase")).isTrue();
    }

    @Test
    @DisplayName("Guesses at the passphrase in use are slowed down like any other")
    void slowsGuessesDown() {
        save(Map.of("passphrase", PASSPHRASE));
        Visitor.clock().advance(Duration.ofMinutes(16));
        for (int i = 0; i < 5; i++) {
            send(Map.of("passphrase", "another passphrase", "current", "guess " + i));
        }
        Answer slow = send(Map.of("passphrase", "another passphrase", "current", PASSPHRASE));
        assertThat(slow.status()).isEqualTo(429);
        assertThat(slow.header("Retry-After")).isNotEmpty();
        assertThat(matches(PASSPHRASE)).isTrue();
    }

    @Test
    @DisplayName("Who never had a passphrase proves the mailbox once more, by a link that the page mails")
    void asksForAFreshLinkWhereThereIsNoPassphrase() {
        Visitor.clock().advance(Duration.ofMinutes(16));
        Answer refused = send(Map.of("passphrase", PASSPHRASE));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.html().select("[role=alert] a[href=#passphrase]")).hasSize(1);
        assertThat(refused.html().select("form[action=/account/link/again]")).hasSize(1);
        Answer sent = browser.ownForm("/account/link/again", Map.of());
        assertThat(sent.status()).isEqualTo(200);
        assertThat(sent.text()).contains("A fresh link is on its way");
        assertThat(browser.form("/account/link/again", Map.of()).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("Who has not confirmed the address gets no nickname, and reads why")
    void keepsNicknamesForConfirmedAddresses() {
        Sql.run(Visitor.context(), "UPDATE accounts SET email_verified_at = NULL WHERE id = '" + ada.id() + "'");
        Answer refused =
                upload(Map.of("nickname", "lovelace", "name", "\u0007"), "no picture".getBytes(StandardCharsets.UTF_8));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.html().select("#nickname-error").text()).contains("Confirm your email address first");
        assertThat(refused.html().select("[role=alert] a").eachAttr("href"))
                .containsExactly("#photo", "#name", "#nickname");
    }

    @Test
    @DisplayName("The form asks whether a nickname is free, and only a form of this session may")
    void saysWhetherANicknameIsFree() {
        Map<String, String> question = new HashMap<>(fields());
        question.put("nickname", "own" + ada.pin());
        Answer free = browser.form(HERE + "/nickname", question);
        assertThat(free.text("free")).isEqualTo("true");
        question.put("nickname", "admin");
        assertThat(browser.form(HERE + "/nickname", question).text("says"))
                .isEqualTo("This nickname is reserved. Choose another one");
        assertThat(browser.form(HERE + "/nickname", Map.of("nickname", "foreign"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("Whoever has not proved their mailbox is told that first")
    void needsAProvedMailboxForANickname() {
        Map<String, String> question = new HashMap<>(fields());
        question.put("nickname", "own" + ada.pin());
        Sql.run(Visitor.context(), "UPDATE accounts SET email_verified_at = NULL WHERE id = '" + ada.id() + "'");
        assertThat(browser.form(HERE + "/nickname", question).text("says"))
                .isEqualTo("Confirm your email address first, then choose a nickname");
    }

    private void save(Map<String, String> changes, int shown) {
        Answer saved = send(changes);
        assertThat(saved.status()).isEqualTo(303);
        assertThat(browser.get(saved.header("Location")).html().select(".changed li"))
                .hasSize(shown);
    }

    private Answer send(Map<String, String> changes) {
        Map<String, String> all = fields();
        all.putAll(changes);
        return browser.form(HERE, all);
    }

    /** The form as the page shows it. */
    private Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        for (Element input : browser.get(HERE).html().select("form[action=" + HERE + "] [name]")) {
            if (!input.is("button, [type=file], [type=checkbox]")) {
                fields.put(
                        input.attr("name"),
                        input.is("textarea") ? input.wholeText().strip() : input.val());
            }
        }
        return fields;
    }

    private boolean matches(String passphrase) {
        Account now =
                Visitor.context().getBean(Accounts.class).findById(ada.id()).orElseThrow();
        return Visitor.context().getBean(Passphrases.class).matches(passphrase, now.passphraseHash(), "test");
    }

    private Profile profile() {
        return Visitor.context()
                .getBean(OwnProfiles.class)
                .find(ada.id())
                .orElseThrow()
                .profile();
    }
}
