package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.support.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class PrivacyPageTest {
    private final Api browser = Site.browser();
    private final Path own =
            Site.context().getBean(LatchkeySettings.class).dataDir().resolve("privacy.txt");

    @Test
    void isLinkedFromEveryPage() {
        assertThat(browser.get("/").html().select("footer a[href=/privacy]")).hasSize(1);
    }

    @Test
    void saysWhatIsKept() {
        var page = browser.get("/privacy");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html().select("h1").text()).isEqualTo("What this service keeps, and why");
        assertThat(page.html().select("h2").eachText()).contains("What an assistant learns");
    }

    @Test
    void showsWhatTheOperatorWroteInstead() throws IOException {
        Files.createDirectories(own.getParent());
        Files.writeString(own, "Our policy\r\n\r\n# One <b>thing</b>\n\nWe keep little.");
        try {
            var html = browser.get("/privacy").html();
            assertThat(html.select("h1").text()).isEqualTo("Our policy");
            assertThat(html.select("h2").text()).isEqualTo("One <b>thing</b>");
            assertThat(html.select("main p").text()).isEqualTo("We keep little.");
        } finally {
            Files.delete(own);
        }
    }
}
