package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoStore;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.runtime.server.EmbeddedServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
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
    void servesAPhoto() throws Exception {
        HttpResponse<byte[]> response = get(photo.hash(), Map.of());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(photo.jpeg());
        assertThat(header(response, "Content-Type")).isEqualTo("image/jpeg");
        assertThat(header(response, "Content-Length")).isEqualTo(String.valueOf(photo.jpeg().length));
        assertThat(header(response, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(header(response, "ETag")).isEqualTo('"' + photo.hash() + '"');
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(response, "Content-Disposition")).isEqualTo("inline");
        assertThat(header(response, "Accept-Ranges")).isEqualTo("none");
    }

    @Test
    @DisplayName("A range is answered with the whole photo")
    void servesTheWholePhotoForARange() throws Exception {
        HttpResponse<byte[]> response = get(photo.hash(), Map.of("Range", "bytes=0-9"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(photo.jpeg());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%s\"", "W/\"%s\"", "\"other\", \"%s\"", "*"})
    @DisplayName("I am told when what I have is still right")
    void answersThatNothingChanged(String known) throws Exception {
        HttpResponse<byte[]> response = get(photo.hash(), Map.of("If-None-Match", known.formatted(photo.hash())));

        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "ETag")).isEqualTo('"' + photo.hash() + '"');
        assertThat(header(response, "Cache-Control")).contains("immutable");
    }

    @Test
    @DisplayName("HEAD tells me the size without the bytes")
    void answersHead() throws Exception {
        HttpResponse<byte[]> response = CLIENT.send(request(photo.hash()).HEAD().build(), BodyHandlers.ofByteArray());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "ETag")).isEqualTo('"' + photo.hash() + '"');
        assertThat(header(response, "Content-Length")).isEqualTo(String.valueOf(photo.jpeg().length));
    }

    @Test
    @DisplayName("A photo that no profile shows is not found, not even by its tag")
    void doesNotFindWhatNobodyShows() throws Exception {
        Photo other = Images.processed(server.getApplicationContext(), Images.jpeg(30, 30));
        server.getApplicationContext().getBean(PhotoStore.class).put(other);

        assertThat(get(other.hash(), Map.of()).statusCode()).isEqualTo(404);
        assertThat(get(other.hash(), Map.of("If-None-Match", "*")).statusCode()).isEqualTo(404);
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
    void doesNotFindWhatIsNotThere(String hash) throws Exception {
        HttpResponse<byte[]> response = get(hash, Map.of("Accept", "application/json"));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(header(response, "Content-Type")).startsWith("application/problem+json");
        assertThat(header(response, "Cache-Control")).doesNotContain("immutable");
    }

    @Test
    @DisplayName("An image element gets the photo, or 404")
    void servesImageElements() throws Exception {
        Map<String, String> accept = Map.of("Accept", "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8");

        assertThat(get(photo.hash(), accept).statusCode()).isEqualTo(200);
        assertThat(get("0".repeat(64), accept).statusCode()).isEqualTo(404);
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

        HttpResponse<byte[]> response = get(hash, Map.of("Accept", "application/json"));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(header(response, "Retry-After")).isNotEmpty();
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

    private static HttpResponse<byte[]> get(String hash, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = request(hash);
        headers.forEach(request::header);
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder request(String hash) {
        return HttpRequest.newBuilder(URI.create(server.getURI() + "/photos/" + hash + ".jpg"));
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
