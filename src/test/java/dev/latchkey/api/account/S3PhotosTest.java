package dev.latchkey.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.database.Cleaning;
import dev.latchkey.photo.PhotoSweep;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.Links;
import dev.latchkey.support.S3Server;
import dev.latchkey.support.SignedIn;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see where photos are kept in a bucket. */
class S3PhotosTest {

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("My photo goes into the bucket, is shown from there, and a store that is down changes nothing")
    void keepsPhotosInTheBucket(Database database) {
        S3Server bucket = new S3Server();
        try (EmbeddedServer server = Contexts.serve(database, bucket.bucket())) {
            SignedIn me = SignedIn.somebody(server);
            me.send("POST", "/profile/me", "{\"bio\":\"Hello.\"}");
            String url =
                    me.upload("PUT", "/profile/me/photo", Images.jpeg(640, 480)).text("photoUrl");
            assertThat(url).matches("http://localhost/photos/[0-9a-f]{64}\\.jpg");
            Answer photo = me.get(URI.create(url).getPath());
            assertThat(photo.status()).isEqualTo(200);
            assertThat(photo.response().headers().firstValue("Cache-Control"))
                    .hasValue("public, max-age=31536000, immutable");

            String other =
                    me.upload("PUT", "/profile/me/photo", Images.jpeg(64, 64)).text("photoUrl");
            assertThat(other).isNotEqualTo(url);
            assertThat(me.send("DELETE", "/profile/me/photo", "").status()).isEqualTo(204);
            assertThat(me.get("/profile/me").text("photoUrl")).isEqualTo("null");
            assertThat(me.upload("PUT", "/profile/me/photo", Images.jpeg(64, 64))
                            .text("photoUrl"))
                    .isEqualTo(other);

            bucket.close();
            Answer before = me.get("/profile/me");
            Answer refused = me.upload("PUT", "/profile/me/photo", Images.jpeg(100, 100));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text("type")).isEqualTo("/problems/unavailable");
            assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
            assertThat(me.get("/profile/me").response().body())
                    .isEqualTo(before.response().body());
            assertThat(me.get(URI.create(other).getPath()).status()).isEqualTo(503);
            assertThat(me.send("PUT", "/profile/me", "{\"bio\":\"Still here.\"}")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("Photos of a public bucket are shown from there, and pages may show them")
    void pointsToAPublicBucket() {
        Map<String, Object> settings = new HashMap<>();
        try (S3Server bucket = new S3Server()) {
            settings.putAll(bucket.bucket());
            settings.put("latchkey.s3.public-url", "https://photos.example.com/faces/");
            try (EmbeddedServer server = Contexts.serve(Database.SQLITE, settings)) {
                SignedIn me = SignedIn.somebody(server);
                me.send("POST", "/profile/me", "{\"bio\":\"Hello.\"}");
                String url = me.upload("PUT", "/profile/me/photo", Images.jpeg(64, 64))
                        .text("photoUrl");
                assertThat(url).matches("https://photos\\.example\\.com/faces/photos/[0-9a-f]{64}\\.jpg");

                Answer page = me.get("/edit/" + Links.fresh(server.getApplicationContext(), me.account()));
                assertThat(page.text()).contains("src=\"" + url + "\"");
                assertThat(page.response().headers().firstValue("Content-Security-Policy"))
                        .hasValueSatisfying(
                                policy -> assertThat(policy).contains("img-src 'self' https://photos.example.com;"));
            }
        }
    }

    @Test
    @DisplayName("A photo that nobody shows any more is swept from the bucket, one that somebody shows is not")
    void sweepsTheBucket() {
        try (S3Server bucket = new S3Server()) {
            Map<String, Object> settings = new HashMap<>(bucket.bucket());
            settings.put("latchkey.photo-grace", "1ms");
            settings.put("latchkey.undo-lifetime", "1ms");
            try (EmbeddedServer server = Contexts.serve(Database.SQLITE, settings)) {
                SignedIn me = SignedIn.somebody(server);
                me.send("POST", "/profile/me", "{\"bio\":\"Hello.\"}");
                String old = me.upload("PUT", "/profile/me/photo", Images.jpeg(640, 480))
                        .text("photoUrl");
                String shown = me.upload("PUT", "/profile/me/photo", Images.jpeg(64, 64))
                        .text("photoUrl");
                PhotoSweep sweep = server.getApplicationContext().getBean(PhotoSweep.class);

                assertThat(sweep.sweep()).as("an undo could bring it back").isZero();
                server.getApplicationContext().getBean(Cleaning.class).clean();
                Awaitility.await().until(() -> sweep.sweep() == 1);

                assertThat(me.get(URI.create(old).getPath()).status()).isEqualTo(404);
                assertThat(me.get(URI.create(shown).getPath()).status()).isEqualTo(200);
                assertThat(sweep.sweep()).isZero();
            }
        }
    }
}
