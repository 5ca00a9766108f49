package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoStore;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.runtime.server.EmbeddedServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PhotoControllerTest {
    private static EmbeddedServer server;
    private static Photo photo;

    @BeforeAll
    static void start() throws IOException {
        server = Contexts.serve(Database.SQLITE, Map.of());
        ByteArrayOutputStream upload = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(600, 400, BufferedImage.TYPE_INT_RGB), "png", upload);
        photo = Images.processed(server.getApplicationContext(), upload.toByteArray());
        server.getApplicationContext().getBean(PhotoStore.class).put(photo);
        show(photo.hash());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @DisplayName("I get the bytes of a photo and may keep them for ever")
    void servesAPhoto() {
        Answer response = get(photo.hash());

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.bytes()).isEqualTo(photo.jpeg());
        assertThat(response.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(response.header("Content-Length")).isEqualTo(String.valueOf(photo.jpeg().length));
        assertThat(response.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(response.header("ETag")).isEqualTo('"' + photo.hash() + '"');
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.header("Content-Disposition")).isEqualTo("inline");
        assertThat(response.header("Accept-Ranges")).isEqualTo("none");
    }

    @Test
    @DisplayName("A range is answered with the whole photo")
    void servesTheWholePhotoForARange() {
        Answer response = get(photo.hash(), "Range", "bytes=0-9");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.bytes()).isEqualTo(photo.jpeg());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%s\"", "W/\"%s\"", "\"other\", \"%s\"", "*"})
    @DisplayName("I am told when what I have is still right")
    void answersThatNothingChanged(String known) {
        Answer response = get(photo.hash(), "If-None-Match", known.formatted(photo.hash()));

        assertThat(response.status()).isEqualTo(304);
        assertThat(response.bytes()).isEmpty();
        assertThat(response.header("ETag")).isEqualTo('"' + photo.hash() + '"');
        assertThat(response.header("Cache-Control")).contains("immutable");
    }

    @Test
    @DisplayName("HEAD tells me the size without the bytes")
    void answersHead() {
        Answer response = new Api(server).send("HEAD", "/photos/" + photo.hash() + ".jpg", null);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.bytes()).isEmpty();
        assertThat(response.header("ETag")).isEqualTo('"' + photo.hash() + '"');
        assertThat(response.header("Content-Length")).isEqualTo(String.valueOf(photo.jpeg().length));
    }

    @Test
    @DisplayName("A photo that no profile shows is not found, not even by its tag")
    void doesNotFindWhatNobodyShows() {
        Photo other = Images.processed(server.getApplicationContext(), Images.jpeg(30, 30));
        server.getApplicationContext().getBean(PhotoStore.class).put(other);

        assertThat(get(other.hash()).status()).isEqualTo(404);
        assertThat(get(other.hash(), "If-None-Match", "*").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0",
                "..%2f..%2flatchkey",
                "%2e%2e%2fsecret",
                "ABCDEF"
            })
    @DisplayName("What is no photo of ours is not found, and not kept")
    void doesNotFindWhatIsNotThere(String hash) {
        Answer response = get(hash, "Accept", "application/json");

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.header("Content-Type")).startsWith("application/problem+json");
        assertThat(response.header("Cache-Control")).doesNotContain("immutable");
    }

    @Test
    @DisplayName("An image element gets the photo, or 404")
    void servesImageElements() {
        String[] accept = {"Accept", "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8"};

        assertThat(get(photo.hash(), accept).status()).isEqualTo(200);
        assertThat(get("0".repeat(64), accept).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("A store that cannot be read is unavailable, not broken")
    void isUnavailableWhileTheStoreIs() throws Exception {
        Path data =
                server.getApplicationContext().getBean(LatchkeySettings.class).dataDir();
        String hash = "ff".repeat(32);
        show(hash);
        Path photos = Files.createDirectories(data.resolve("photos"));
        Files.createFile(photos.resolve("ff"));

        Answer response = get(hash, "Accept", "application/json");

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("Retry-After")).isNotEmpty();
    }

    @Test
    void namesThePublicAddress() {
        assertThat(server.getApplicationContext().getBean(PhotoUrls.class).urlOf(photo.hash()))
                .isEqualTo("http://localhost/photos/" + photo.hash() + ".jpg");
    }

    private static void show(String hash) {
        Sql.run(
                server.getApplicationContext(),
                "INSERT INTO profiles (account_id, photo_hash, version, updated_at) VALUES ('%s', '%s', 1, 0)"
                        .formatted(
                                People.somebody(server.getApplicationContext()).id(), hash));
    }

    private static Answer get(String hash, String... headers) {
        return new Api(server).get("/photos/" + hash + ".jpg", headers);
    }
}
