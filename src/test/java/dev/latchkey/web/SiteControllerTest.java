package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.http.ProblemType;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SiteControllerTest {
    private final Api browser = Site.browser();

    @Test
    void keepsSearchEnginesAwayFromLinks() {
        Answer page = browser.get("/robots.txt");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/plain");
        assertThat(page.text())
                .isEqualTo("User-agent: *\n" + "Disallow: /edit/\nDisallow: /confirm/\n"
                        + "Disallow: /account/\nDisallow: /undo/\nDisallow: /email/\nDisallow: /keep/\n"
                        + "Disallow: /oauth/\n");
    }

    @Test
    void hasAnIcon() {
        Answer page = browser.get("/favicon.ico");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("image/x-icon");
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void explainsEveryKindOfProblem(ProblemType type) {
        Answer page = browser.get("/problems/" + type.slug());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html().select("h1").text()).isEqualTo(type.title());
        assertThat(page.html().select(".lead").text()).isNotEmpty();
    }

    @Test
    void showsAProblemAsAPageWithItsRequestId() {
        for (String path : new String[] {"/nothing/here", "/problems/unheard-of"}) {
            Answer page = browser.get(path);
            assertThat(page.status()).isEqualTo(404);
            assertThat(page.html().select("h1").text()).isEqualTo("Nothing here");
            assertThat(page.html().select("code").text()).isEqualTo(page.header("X-Request-Id"));
            assertThat(page.header("Content-Security-Policy")).isNotEmpty();
        }
    }

    @Test
    @Asvs({"3.4.3", "14.2.3"})
    void allowsPagesNothingFromElsewhere() {
        assertThat(browser.get("/").header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; object-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                        + " connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'");
        assertThat(browser.get("/").html().select("script:not([src]), style, [style], [onclick]"))
                .isEmpty();
    }

    @Test
    void letsAssetsBeKeptForEverUnderTheirVersion() {
        for (Element asset : browser.get("/").html().select("link[href], script[src], img[src]")) {
            String address = asset.attr("href") + asset.attr("src");
            Matcher versioned =
                    Pattern.compile("/assets/[a-z0-9.-]+\\?v=[0-9a-f]{12}").matcher(address);
            assertThat(versioned.matches()).as(address).isTrue();
            Answer page = browser.get(address);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("Cache-Control")).contains("public").contains("max-age=31536000");
            assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }
}
