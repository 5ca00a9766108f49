package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetControllerTest {
    /** A comment that begins a line, or space before what a line says. */
    private static final Pattern FOR_US = Pattern.compile("(?m)^(\\s|//|/\\*)");

    private final Api browser = Site.browser();

    @ParameterizedTest
    @ValueSource(strings = {"latchkey.css", "docs.css", "latchkey.js", "nickname.js", "photo.js", "time.js"})
    @DisplayName("Scripts and styles bring nothing that only their authors need, and may be kept for ever")
    void areLean(String file) {
        Answer answer = browser.get("/assets/" + file);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("{").doesNotContainPattern(FOR_US);
        assertThat(answer.header("Content-Type")).startsWith(file.endsWith("css") ? "text/css" : "text/javascript");
        assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(browser.get("/assets/" + file, "If-None-Match", answer.header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    @DisplayName("What is no asset is not found")
    void hasNoOthers() {
        assertThat(browser.get("/assets/nothing.css").status()).isEqualTo(404);
        assertThat(browser.get("/assets/nothing.js").status()).isEqualTo(404);
    }
}
