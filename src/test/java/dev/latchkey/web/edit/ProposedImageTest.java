package dev.latchkey.web.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.database.Cleaning;
import dev.latchkey.photo.ImageHost;
import dev.latchkey.photo.Photo;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image from the chat, from somebody else's https server to the photo that everybody sees. */
final class ProposedImageTest {
    private static final ImageHost HOST = ImageHost.shared();
    private final EmbeddedServer server = Contexts.server(
            Database.SQLITE,
            Map.of(
                    "test.clock",
                    true,
                    "test.image-host",
                    true,
                    "latchkey.image-hosts",
                    HOST.authority() + ",inside.example.org:" + HOST.port()));
    private final ApplicationContext context = server.getApplicationContext();
    private final Api browser = Api.browser(server);
    private final Api api = new Api(server);
    private final Account somebody = People.somebody(context);

    @ParameterizedTest
    @CsvSource({"/image", "/chunked?se=2026-11-21&sig=a%2Fb"})
    @DisplayName("The image of openaiFileIdRefs is shown on the page and becomes the photo when the person takes it")
    void becomesThePhotoThatThePersonTakes(String path) {
        String token = token(init(path));
        Answer page = browser.get("/edit/" + token);
        byte[] proposed = proposed(token).response().body();

        assertThat(page.html().select("img[src$=/proposed.jpg]")).hasSize(1);
        assertThat(page.html().select("#accept-photo").hasAttr("checked")).isFalse();
        assertThat(proposed).isEqualTo(processed(ImageHost.IMAGE).jpeg());
        assertThat(post(token, Map.of("accept-photo", "true")).status()).isEqualTo(303);

        String photoUrl = load().text("photoUrl");
        Answer photo = browser.get(URI.create(photoUrl).getPath());
        assertThat(photo.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(photo.response().body()).isEqualTo(proposed);
        assertThat(proposed(token).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("The answer names the photo among what is proposed")
    void isNamedInTheAnswer() {
        Answer answer = init("/image");

        assertThat(answer.json().path("proposed"))
                .extracting(name -> name.asText())
                .containsExactly("photo");
        assertThat(answer.text()).doesNotContain("example.org");
    }

    @Test
    @DisplayName("Until it is saved nobody without the link can fetch it")
    void isPrivateUntilItIsSaved() {
        String token = token(init("/secret"));
        Answer proposed = proposed(token);

        assertThat(proposed.status()).isEqualTo(200);
        assertThat(proposed.header("Cache-Control")).contains("no-store");
        assertThat(browser.get("/photos/" + processed(ImageHost.SECRET).hash() + ".jpg")
                        .status())
                .isEqualTo(404);
        assertThat(proposed("A".repeat(48)).status()).isEqualTo(404);
        assertThat(proposed(token.substring(1) + "A").status()).isEqualTo(404);
        assertThat(proposed(Links.fresh(context, People.somebody(context))).status())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("A photo that the person does not take is dropped when they save something else")
    void isDroppedWhenItIsNotTaken() {
        String token = token(init("/image"));

        assertThat(post(token, Map.of("name", "Ada")).status()).isEqualTo(303);
        assertThat(load().json().path("photoUrl").isNull()).isTrue();
        assertThat(proposed(token).status()).isEqualTo(404);
        assertThat(kept()).isZero();
    }

    @Test
    @DisplayName("A proposed photo is gone from the database when its link has expired")
    void isDeletedWithAnExpiredLink() {
        String token = token(init("/image"));
        assertThat(kept()).isOne();
        context.getBean(MutableClock.class).advance(Duration.ofMinutes(16));

        assertThat(proposed(token).status()).isEqualTo(404);
        context.getBean(Cleaning.class).clean();
        assertThat(kept()).isZero();
    }

    @Test
    @DisplayName("A proposed photo is gone from the database when another link was used")
    void isDeletedWithAWithdrawnLink() {
        String token = token(init("/image"));
        context.getBean(MutableClock.class).advance(Duration.ofMinutes(2));
        post(Links.fresh(context, somebody), Map.of("name", "Ada"));

        assertThat(proposed(token).status()).isEqualTo(404);
        assertThat(kept()).isZero();
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            a foreign host    | https://evil.example.com/image        | 400 | invalid-request   | Images are fetched only from addresses that this service allows. The user can upload it on the page instead.
            a private address | https://inside.example.org:PORT/image | 400 | invalid-request   | Images are fetched only from addresses that this service allows. The user can upload it on the page instead.
            no https          | http://HOST/image                     | 400 | invalid-request   | Images are fetched only from addresses that this service allows. The user can upload it on the page instead.
            a redirect        | https://HOST/redirect                 | 422 | invalid-fields    | The image could not be fetched. The user can upload it on the page instead.
            a slow drip       | https://HOST/slow                     | 422 | invalid-fields    | The image could not be fetched. The user can upload it on the page instead.
            nothing there     | https://HOST/nothing                  | 422 | invalid-fields    | The image could not be fetched. The user can upload it on the page instead.
            an endless body   | https://HOST/endless                  | 413 | too-large         | The image is too large: at most 5 MiB and 40 megapixels. Nothing was sent.
            a large body      | https://HOST/large                    | 413 | too-large         | The image is too large: at most 5 MiB and 40 megapixels. Nothing was sent.
            no image          | https://HOST/text                     | 415 | unsupported-photo | The image is not a readable JPEG, PNG or WebP. Nothing was sent.
            """)
    @DisplayName("What cannot be fetched or is no photo is refused with a sentence, and nothing is sent")
    void refuses(String what, String link, int status, String problem, String detail) {
        int before = HOST.asked();
        Answer answer = ask(link.replace("HOST", HOST.authority()).replace("PORT", String.valueOf(HOST.port())));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.text("detail")).isEqualTo(detail);
        assertThat(answer.json().path("errors").path(0).path("pointer").asText())
                .startsWith("/openaiFileIdRefs");
        if (status == 400) {
            assertThat(HOST.asked()).isEqualTo(before);
        }
        assertThat(init("/image").status())
                .as("a refusal costs nobody their link")
                .isEqualTo(202);
    }

    private Answer init(String path) {
        return ask("https://" + HOST.authority() + path);
    }

    private Answer ask(String link) {
        return api.action("/api/update/init", """
                {"email": "%s", "openaiFileIdRefs": [
                    {"name": "me.jpg", "id": "file-1", "mime_type": "image/jpeg", "download_link": "%s"}]}
                """.formatted(somebody.email(), link));
    }

    private String token(Answer answer) {
        assertThat(answer.status()).isEqualTo(202);
        return Links.arrived(context, UUID.fromString(answer.text("requestId")));
    }

    private Answer proposed(String token) {
        return browser.get("/edit/" + token + "/proposed.jpg");
    }

    /** The form as the page serves it to somebody without a profile, and what the person made of it. */
    private Answer post(String token, Map<String, String> more) {
        return browser.upload("POST", "/edit/" + token, more, new byte[0]);
    }

    private Answer load() {
        context.getBean(MutableClock.class).advance(Duration.ofMinutes(2));
        return api.post("/api/update/load", "{\"token\":\"" + Links.fresh(context, somebody) + "\"}");
    }

    private Photo processed(byte[] image) {
        return Images.processed(context, image);
    }

    private long kept() {
        return Sql.count(
                context,
                "SELECT count(*) FROM proposals WHERE link_id IN (SELECT link_id FROM link_requests WHERE account_id = '"
                        + somebody.id() + "')");
    }
}
