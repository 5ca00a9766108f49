package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.support.Answer;
import dev.latchkey.support.InBrowser;
import dev.latchkey.support.LocalBrowser;
import dev.latchkey.support.OtherClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Lighthouse says of the pages on a phone with a slow network: of some of each kind, of all with {@code -Dpages.all=true}. */
@InBrowser
@Tag("alone")
class LighthouseIT {
    private static final double ENOUGH = 0.98;

    private static final boolean OF_ALL = Boolean.getBoolean("pages.all");

    /** A machine that has just run all other tests is slower than one with nothing else to do. */
    private static final double FAST = OF_ALL ? ENOUGH : 0.9;

    /** For the best of three tries at every page. */
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private static final List<String> SOME = List.of("/account", "/support", "/problems", "/problems/link-used");

    private static final List<String> OTHERS = List.of(
            "/privacy",
            "/terms",
            "/problems/too-many-requests",
            "/docs",
            "/docs/chatgpt-action",
            "/docs/link-api",
            "/docs/mcp",
            "/docs/account-api",
            "/docs/oauth",
            "/docs/session-key-api",
            "/account/profile",
            "/account/history",
            "/account/sessions",
            "/account/email",
            "/account/delete",
            "/account/upgrade");

    @Test
    @DisplayName("Every page is fast, accessible and well made; public ones are found, too")
    void isContent() {
        OtherClients.assumeInstalled(
                "node_modules/lighthouse/package.json", "node_modules/puppeteer-core/package.json");
        DevServer server = DevServer.shared();
        String email = server.residents.somebody();
        List<String> arguments = new ArrayList<>(List.of(
                "lighthouse.mjs",
                LocalBrowser.CHROMIUM.path().toString(),
                server.origin(),
                email,
                server.freshLink(email),
                String.valueOf(FAST)));
        arguments.addAll(SOME);
        if (OF_ALL) {
            arguments.addAll(OTHERS);
        }
        List<JsonNode> pages = OtherClients.node(PATIENCE, arguments.toArray(String[]::new))
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(Answer::json)
                .toList();

        assertThat(pages).hasSize(arguments.size() - 2);
        assertThat(pages).allSatisfy(LighthouseIT::assertGood);
    }

    private static void assertGood(JsonNode page) {
        String all = page.toString();
        assertThat(page.path("performance").asDouble()).as(all).isGreaterThanOrEqualTo(FAST);
        assertThat(page.path("accessibility").asDouble()).as(all).isGreaterThanOrEqualTo(ENOUGH);
        assertThat(page.path("best-practices").asDouble()).as(all).isGreaterThanOrEqualTo(ENOUGH);
        // The others hide from search engines on purpose, which is most of what that score is about.
        if (isPublic(page.path("name").asText())) {
            assertThat(page.path("seo").asDouble()).as(all).isGreaterThanOrEqualTo(ENOUGH);
        }
    }

    private static boolean isPublic(String path) {
        return path.startsWith("/") && !path.startsWith("/account") && !path.startsWith("/edit/");
    }
}
