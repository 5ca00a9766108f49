package dev.latchkey.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.runtime.server.EmbeddedServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The logo as files, which directories, assistants and browsers take in other forms than that of the pages. */
final class IconsTest {
    private static final EmbeddedServer SERVER = Contexts.server(Database.SQLITE, Map.of("test.well-known", false));
    private static final int OUR_GREEN = 0xff0b6b58;
    private static final int WHITE = 0xffffffff;

    @ParameterizedTest
    @CsvSource({"logo-512.png, 512", "icon-128.png, 128", "icon-64.png, 64"})
    @DisplayName("Each PNG is as large as its name says, clear around its corners, and ours on any background")
    void areWhatTheirNamesSay(String file, int size) throws IOException {
        Answer answer = new Api(SERVER).get("/assets/" + file);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(answer.bytes()));

        assertThat(answer.header("Content-Type")).isEqualTo("image/png");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(image.getWidth()).isEqualTo(size);
        assertThat(image.getHeight()).isEqualTo(size);
        assertThat(image.getRGB(0, 0) >>> 24).as("a corner").isZero();
        assertThat(image.getRGB(size / 2, size / 16)).as("the tile").isEqualTo(OUR_GREEN);
        // The line around the head of the key, in the middle of its stroke.
        assertThat(image.getRGB(size / 2, size * 13 / 64)).as("the key").isEqualTo(WHITE);
    }

    @Test
    @DisplayName("A page's icons are as large as it says")
    void areAsLargeAsPagesSay() throws IOException {
        for (Element link : Api.browser(SERVER).get("/").html().select("link[rel=icon][type=image/png]")) {
            Answer answer = new Api(SERVER).get(link.attr("href"));
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(answer.bytes()));

            assertThat(link.attr("sizes")).isEqualTo(image.getWidth() + "x" + image.getHeight());
        }
        assertThat(Api.browser(SERVER).get("/").html().select("link[rel=icon]")).hasSize(3);
    }
}
