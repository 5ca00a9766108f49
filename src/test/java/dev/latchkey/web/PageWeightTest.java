package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Browser;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much somebody transfers who opens a page for the first time, photos apart. */
class PageWeightTest {
    private static final int MOST_BYTES = 25 * 1024;
    private static final String PARTS =
            "link[rel=stylesheet], script[src], img[src^=/assets/], link[rel=icon][type=image/svg+xml]";

    private final Browser browser = new Browser(Site.server());
    private final Account somebody = People.somebody(Site.context());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/account",
                "/support",
                "/privacy",
                "/terms",
                "/problems",
                "/problems/link-used",
                "/docs",
                "/docs/account-api",
                "/docs/mcp",
                "/edit/nonsense"
            })
    @DisplayName("A page for everybody weighs no more than 25 KiB with all that it needs")
    void pagesForEverybodyAreLight(String path) {
        assertLight(path);
    }

    @Test
    @DisplayName("So do the form behind a link and the pages of an account")
    void ownPagesAreLight() {
        String link = "/edit/" + Links.fresh(Site.context(), somebody);
        assertLight(link);
        Answer saved = browser.form(link, Map.of("bio", "Light."));
        assertLight(saved.header("Location"));
        for (String part : List.of("", "/profile", "/history", "/sessions", "/email", "/delete", "/upgrade")) {
            assertThat(browser.get("/account" + part).status()).as(part).isEqualTo(200);
            assertLight("/account" + part);
        }
    }

    private void assertLight(String path) {
        Document page = browser.get(path).html();
        Map<String, Integer> weights = new LinkedHashMap<>();
        weights.put(path, transferred(path));
        for (Element part : page.select(PARTS)) {
            String address = part.attr("href") + part.attr("src");
            weights.computeIfAbsent(address, this::transferred);
        }
        assertThat(weights).as("the page and what it needs").hasSizeGreaterThan(3);
        assertThat(weights.values().stream().mapToInt(Integer::intValue).sum())
                .as(weights.toString())
                .isLessThanOrEqualTo(MOST_BYTES);
    }

    private int transferred(String path) {
        return browser.get(path, "Accept-Encoding", "gzip").bytes().length;
    }
}
