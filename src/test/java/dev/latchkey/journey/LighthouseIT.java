package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.support.Answer;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import dev.latchkey.support.OtherClients;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What Lighthouse says of the pages on a phone with a slow network. */
@InBrowser
class LighthouseIT {
    private static final double ENOUGH = 0.98;

    /** The others hide from search engines on purpose, which is most of what that score is about. */
    private static final Set<String> PUBLIC = Set.of("/", "/support", "/problems", "/problems/link-used");

    @Test
    @DisplayName("Every page is fast, accessible and well made; public ones are found, too")
    void isContent() {
        OtherClients.assumeInstalled(
                "node_modules/lighthouse/package.json", "node_modules/puppeteer-core/package.json");
        DevServer server = DevServer.shared();
        String email = server.residents.somebody();
        List<JsonNode> pages = OtherClients.node(
                        "lighthouse.mjs",
                        LocalBrowser.CHROMIUM.path().toString(),
                        server.origin(),
                        email,
                        server.freshLink(email),
                        "/account",
                        "/support",
                        "/problems",
                        "/problems/link-used")
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(Answer::json)
                .toList();

        assertThat(pages).hasSize(8);
        assertThat(pages).allSatisfy(LighthouseIT::assertGood);
    }

    private static void assertGood(JsonNode page) {
        String all = page.toString();
        assertThat(page.path("performance").asDouble()).as(all).isGreaterThanOrEqualTo(ENOUGH);
        assertThat(page.path("accessibility").asDouble()).as(all).isGreaterThanOrEqualTo(ENOUGH);
        assertThat(page.path("best-practices").asDouble()).as(all).isGreaterThanOrEqualTo(ENOUGH);
        if (PUBLIC.contains(page.path("name").asText())) {
            assertThat(page.path("seo").asDouble()).as(all).isGreaterThanOrEqualTo(ENOUGH);
        }
    }
}
