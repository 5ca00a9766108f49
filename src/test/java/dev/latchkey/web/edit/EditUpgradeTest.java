package dev.latchkey.web.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.Tier;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Images;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import dev.latchkey.web.Site;
import java.time.Duration;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** PRO from behind a mailed link. */
final class EditUpgradeTest {
    private final Api browser = Site.browser();
    private final Account somebody = People.somebody(Site.context());

    @Test
    @DisplayName("Where nothing is missing, a button makes PRO and leaves the link as it is")
    void makesProWithAButton() {
        String link = "/edit/" + complete();
        Document page = browser.get(link).html();
        assertThat(page.select("dd button[form=upgrade]").text()).isEqualTo("Become PRO");
        Answer done = browser.form(page.select("form#upgrade").attr("action"), "");

        assertThat(done.status()).isEqualTo(303);
        Answer told = browser.get(done.header("Location"));
        assertThat(told.html().select("h1").text()).isEqualTo("You’re PRO now");
        assertThat(told.html().select("main a").attr("href")).isEqualTo(link);
        assertThat(told.header("Cache-Control")).contains("no-store");
        assertThat(now().tier()).isEqualTo(Tier.PRO);
        Document again = browser.get(link).html();
        assertThat(again.select("dd").eachText()).contains("PRO");
        assertThat(again.select("#upgrade, button[form]")).isEmpty();
    }

    @Test
    @DisplayName("Doing it twice is no error")
    void makesProAsOftenAsAsked() {
        String link = "/edit/" + complete() + "/upgrade";

        assertThat(browser.form(link, "").header("Location")).isEqualTo(link);
        assertThat(browser.form(link, "").header("Location")).isEqualTo(link);
    }

    @Test
    @DisplayName("Where something is missing, it says what, has no button, and a POST changes nothing")
    void saysWhatIsMissing() {
        String link = "/edit/" + Links.fresh(Site.context(), somebody);
        Document page = browser.get(link).html();

        assertThat(page.select("#missing").text()).isEqualTo("Still missing for PRO: a nickname, a bio, and a photo.");
        assertThat(page.select("#upgrade, button[form]")).isEmpty();
        assertThat(browser.form(link + "/upgrade", "").header("Location")).isEqualTo(link);
        assertThat(browser.get(link + "/upgrade").header("Location")).isEqualTo(link);
        assertThat(now().tier()).isEqualTo(Tier.FREE);
    }

    @Test
    @DisplayName("The link itself proves the mailbox, and what was chosen before by whoever goes unless it is kept")
    void provesTheMailbox() {
        String token = complete();
        makeUnproven();
        Document page = browser.get("/edit/" + token).html();
        assertThat(page.select("input[type=radio][name=existing][form=upgrade][required]"))
                .hasSize(2);
        browser.form("/edit/" + token + "/upgrade", "");

        assertThat(now().tier()).isEqualTo(Tier.PRO);
        assertThat(now().verified()).isTrue();
        assertThat(now().passphraseHash()).isNull();
    }

    @Test
    @DisplayName("A passphrase from before the proof stays where its owner says so")
    void keepsThePassphraseOfItsOwner() {
        String token = complete();
        makeUnproven();
        browser.form("/edit/" + token + "/upgrade", Map.of("existing", "keep"));

        assertThat(now().tier()).isEqualTo(Tier.PRO);
        assertThat(now().passphraseHash()).isEqualTo("a hash");
    }

    @Test
    @DisplayName("A link that opens nothing makes nobody PRO")
    void refusesDeadLinks() {
        String token = complete();
        Site.clock().advance(Duration.ofMinutes(16));

        assertThat(browser.form("/edit/" + token + "/upgrade", "").status()).isEqualTo(410);
        assertThat(browser.get("/edit/" + token + "/upgrade").status()).isEqualTo(410);
        assertThat(browser.form("/edit/nonsense/upgrade", "").status()).isEqualTo(404);
        assertThat(now().tier()).isEqualTo(Tier.FREE);
    }

    @Test
    @DisplayName("Password managers are told whose passphrase they keep")
    void namesTheAccountToPasswordManagers() {
        Document page =
                browser.get("/edit/" + Links.fresh(Site.context(), somebody)).html();

        assertThat(page.select("input[autocomplete=username]").val())
                .isEqualTo(somebody.email().value());
    }

    /** The token of a link to a profile that has all it takes. */
    private String complete() {
        browser.upload(
                "POST",
                "/edit/" + Links.fresh(Site.context(), somebody),
                Map.of("nickname", "pro" + somebody.pin(), "bio", "There"),
                Images.jpeg(100, 100));
        Site.clock().advance(Duration.ofMinutes(1));
        return Links.fresh(Site.context(), somebody);
    }

    private void makeUnproven() {
        Sql.run(
                Site.context(),
                "UPDATE accounts SET email_verified_at = NULL, passphrase_hash = 'a hash' WHERE id = '" + somebody.id()
                        + "'");
    }

    private Account now() {
        return Site.context().getBean(Accounts.class).findById(somebody.id()).orElseThrow();
    }
}
