package dev.latchkey.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Client;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stranger signed up with my address, confirmed what they could, signed in everywhere, and waits for me. */
class MailboxProofTest {
    private static final String STRANGERS = "abc123";

    private final Client api = Client.shared();
    private final String mine = Client.freshEmail();
    private String[] strangersToken = {};
    private String strangersKey = "";

    @BeforeEach
    void strangerGoesFirst() {
        String link = api.post("/register", Map.of("email", mine, "password", STRANGERS))
                .text("confirmation_link");
        assertThat(api.get(link.substring("http://localhost".length())).status())
                .isEqualTo(200);
        strangersKey =
                api.post("/login", Map.of("email", mine, "password", STRANGERS)).text("session_key");
        strangersToken = api.bearer(mine, STRANGERS);
        assertThat(strangerIsInside()).isTrue();
        assertThat(api.get("/profile/me", strangersToken).text("emailVerified")).isEqualTo("false");
        assertThat(api.post("/profile/me/verification", null, strangersToken).status())
                .isEqualTo(202);
    }

    @Test
    @Asvs("6.4.1")
    void throwsTheStrangerOutWhenIConfirm() {
        assertThat(api.form(confirmation(), "").status()).isEqualTo(303);
        assertStrangerIsOut();
    }

    @Test
    void throwsTheStrangerOutWhenISaveMyProfile() {
        String link = editLink();
        assertThat(api.form(link, "bio=Mine").status()).isEqualTo(303);
        assertStrangerIsOut();
        assertThat(api.get(confirmation()).status()).isEqualTo(410);
    }

    @Test
    void throwsTheStrangerOutWhenISaveWithAProgram() {
        String token = editLink().substring("/edit/".length());
        assertThat(api.post("/api/update/save", Map.of("token", token, "bio", "Mine"))
                        .text("status"))
                .isEqualTo("saved");
        assertStrangerIsOut();
    }

    @Test
    void letsMeSetMyOwnPassphraseInThatStep() {
        assertThat(api.form(confirmation(), "passphrase=nine+brave+geese").status())
                .isEqualTo(303);
        assertStrangerIsOut();
        assertThat(api.post("/auth/login", Map.of("email", mine, "password", "nine brave geese"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void keepsWhatISayIsMine() {
        assertThat(api.form(confirmation(), "existing=keep").status()).isEqualTo(303);
        assertThat(strangerIsInside()).isTrue();
        assertThat(api.get("/profile/me", strangersToken).text("emailVerified")).isEqualTo("true");
    }

    @Test
    void keepsWhatIShowToBeMineByTypingItOrAskingForItOnThePage() {
        String link = editLink();
        assertThat(api.form(link, "bio=Mine&keepPassphrase=true").status()).isEqualTo(303);
        assertThat(strangerIsInside()).isTrue();
    }

    @Test
    void asksOnTheProfilesPageTooAndKeepsWhatWasTypedWhereIOverlookedTheQuestion() {
        String link = editLink();
        Document page = api.get(link, "Accept", "text/html").html();
        assertThat(page.select("input[name=existing]").eachAttr("value")).containsExactly("keep", "drop");
        assertThat(page.select("input[name=existing][checked]")).isEmpty();

        Answer again = api.form(link, "asked=existing&bio=Mine&passphrase=");
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.html().select("[role=alert] a").attr("href")).isEqualTo("#existing");
        assertThat(again.html().select("#existing-error").text())
                .isEqualTo("Error: Choose whether to keep this passphrase");
        assertThat(again.html().select("#bio").text()).isEqualTo("Mine");
        assertThat(strangerIsInside()).isTrue();

        assertThat(api.form(link, "asked=existing&existing=keep&bio=Mine&passphrase=")
                        .status())
                .isEqualTo(303);
        assertThat(strangerIsInside()).isTrue();
    }

    @Test
    void takesThePassphraseAwayWhereISayOnTheProfilesPageThatItIsNotMine() {
        assertThat(api.form(editLink(), "asked=existing&existing=drop&bio=Mine&passphrase=")
                        .status())
                .isEqualTo(303);
        assertStrangerIsOut();
    }

    @Test
    void asksOnThePageWhosePassphraseItIsAndAnswersNothingForMe() {
        Document page = api.get(confirmation(), "Accept", "text/html").html();
        assertThat(page.select("legend").text()).isEqualTo("Somebody chose a passphrase when this account was created");
        assertThat(page.select("input[name=existing]").eachAttr("value")).containsExactly("keep", "drop");
        assertThat(page.select("input[name=existing][checked]")).isEmpty();
    }

    @Test
    void asksAgainWhereIOverlookedTheQuestion() {
        String link = confirmation();
        Answer again = api.form(link, "asked=existing&passphrase=");
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.html().select("[role=alert] a").attr("href")).isEqualTo("#existing");
        assertThat(again.html().select("#existing-error").text())
                .isEqualTo("Error: Choose whether to keep this passphrase");
        assertThat(strangerIsInside()).isTrue();
        assertThat(api.form(link, "asked=existing&existing=drop").status()).isEqualTo(303);
        assertStrangerIsOut();
    }

    @Test
    void keepsMyAnswerWhereTheNewPassphraseIsRefused() {
        Document again = api.form(confirmation(), "asked=existing&existing=keep&passphrase=short")
                .html();
        assertThat(again.select("input[name=existing][checked]").attr("value")).isEqualTo("keep");
        assertThat(again.select("[role=alert] a").attr("href")).isEqualTo("#passphrase");
    }

    @Test
    void takesANewPassphraseForAnAnswer() {
        assertThat(api.form(confirmation(), "asked=existing&passphrase=nine+brave+geese")
                        .status())
                .isEqualTo(303);
        assertStrangerIsOut();
    }

    @Test
    void endsEverythingWhenThePassphraseChangesThroughALinkLaterOn() {
        assertThat(api.form(confirmation(), "existing=keep").status()).isEqualTo(303);
        assertThat(api.form(editLink(), "passphrase=nine+brave+geese").status()).isEqualTo(303);
        assertStrangerIsOut();
    }

    private String confirmation() {
        return api.mailedLink(mine, "/confirm/");
    }

    private String editLink() {
        assertThat(api.action("/api/update/init", Map.of("email", mine)).status())
                .isEqualTo(202);
        return api.mailedLink(mine, "/edit/");
    }

    private boolean strangerIsInside() {
        return api.get("/profile/me", strangersToken).status() == 200
                && api.get("/user_mngt_user?email=" + mine + "&session_key=" + strangersKey)
                                .status()
                        == 200;
    }

    private void assertStrangerIsOut() {
        assertThat(api.get("/profile/me", strangersToken).text("type")).isEqualTo("/problems/token-invalid");
        assertThat(api.get("/user_mngt_user?email=" + mine + "&session_key=" + strangersKey)
                        .status())
                .isEqualTo(401);
        assertThat(api.post("/auth/login", Map.of("email", mine, "password", STRANGERS))
                        .status())
                .isEqualTo(401);
        assertThat(api.post("/login", Map.of("email", mine, "password", STRANGERS))
                        .status())
                .isEqualTo(401);
    }
}
