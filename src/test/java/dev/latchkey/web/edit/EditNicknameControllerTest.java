package dev.latchkey.web.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.web.Site;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the form asks while somebody types a nickname. */
class EditNicknameControllerTest {
    private final Api browser = Site.browser();
    private final Account somebody = People.somebody(Site.context());
    private final String token = Links.fresh(Site.context(), somebody);

    @Test
    @DisplayName("Whether a nickname is free is said in the sentence that saving would say")
    void saysWhetherItIsFree() {
        String mine = "mine" + somebody.pin();
        assertAnswer(ask(mine), true, "This nickname is free. It’s yours once you save.");
        Account other = People.somebody(Site.context());
        browser.form("/edit/" + Links.fresh(Site.context(), other), Map.of("nickname", mine));
        assertAnswer(ask(mine.toUpperCase()), false, "Somebody else has this nickname. Choose another one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9lives | The nickname can contain only a to z, digits and underscores, and must start with a letter",
                "ab | The nickname must be 3 characters or more",
                "'' | The nickname must be 3 characters or more",
                "admin | This nickname is reserved. Choose another one"
            })
    void saysWhatIsWrongWithIt(String nickname, String sentence) {
        assertAnswer(ask(nickname), false, sentence);
    }

    @Test
    @DisplayName("My own nickname is no trouble, and asking changes nothing and uses nothing up")
    void changesNothing() {
        String mine = "own" + somebody.pin();
        browser.form("/edit/" + token, Map.of("nickname", mine));
        Site.clock().advance(Duration.ofMinutes(1));
        String next = Links.fresh(Site.context(), somebody);
        assertAnswer(
                browser.form("/edit/" + next + "/nickname", Map.of("nickname", mine)),
                true,
                "This nickname is free. It’s yours once you save.");
        assertThat(browser.get("/edit/" + next).html().select("#nickname").attr("value"))
                .isEqualTo(mine);
    }

    @Test
    @DisplayName("A dead link is told no more than on its page; a question needs a form")
    void needsAnOpenLink() {
        assertThat(browser.form("/edit/" + "A".repeat(48) + "/nickname", Map.of("nickname", "free"))
                        .status())
                .isEqualTo(404);
        browser.form("/edit/" + token, Map.of("bio", "Used up"));
        assertThat(ask("anything").status()).isEqualTo(410);
        assertThat(browser.get("/edit/" + token + "/nickname").status()).isEqualTo(405);
        assertThat(browser.post("/edit/" + token + "/nickname", Map.of("nickname", "anything"))
                        .status())
                .isEqualTo(415);
    }

    @Test
    @DisplayName("Nobody goes through all nicknames there are")
    void isLimited() {
        for (int i = 0; i < 60; i++) {
            assertThat(ask("try" + i).status()).isEqualTo(200);
        }
        Answer tooMany = ask("try60");
        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(tooMany.header("Retry-After")).isEqualTo("6");
        Site.clock().advance(Duration.ofSeconds(6));
        assertThat(ask("try60").status()).isEqualTo(200);
    }

    private Answer ask(String nickname) {
        return browser.form("/edit/" + token + "/nickname", Map.of("nickname", nickname));
    }

    private static void assertAnswer(Answer answer, boolean free, String sentence) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.text("free")).isEqualTo(Boolean.toString(free));
        assertThat(answer.text("says")).isEqualTo(sentence);
    }
}
