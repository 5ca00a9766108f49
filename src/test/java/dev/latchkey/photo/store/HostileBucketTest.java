package dev.latchkey.photo.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.photo.DamagedUploads;
import dev.latchkey.photo.HostileUpload;
import dev.latchkey.photo.Pictures;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.S3Server;
import dev.latchkey.support.SignedIn;
import io.micronaut.context.ApplicationContext;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not be taken comes in by every door, and the bucket never gets to see it. */
final class HostileBucketTest {
    private static final int ROUNDS = 25;

    private static final S3Server S3 = new S3Server();
    private static final Map<String, Object> BUCKET = new HashMap<>(S3.bucket());

    static {
        BUCKET.put("latchkey.photos-per-hour", 1000);
    }

    private static final Client CLIENT = Client.on(Database.SQLITE.fresh(), BUCKET);
    private static final ApplicationContext CONTEXT = CLIENT.server().getApplicationContext();
    private static final String TOKEN = Links.fresh(CONTEXT, People.somebody(CONTEXT));

    private SignedIn me;

    @BeforeEach
    void signIn() {
        me = SignedIn.somebody(CLIENT.server());
        me.send("POST", "/profile/me", "{\"bio\":\"Hello.\"}");
    }

    @AfterAll
    static void stop() {
        CLIENT.server().close();
        S3.close();
    }

    static List<HostileUpload> hostileUploads() {
        // A field without bytes is one in which no file was chosen.
        return HostileUpload.all().stream()
                .filter(upload -> upload.bytes().length > 0)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("hostileUploads")
    @DisplayName("My upload is refused with 413 or 415, on the page with 422, and the link stays good")
    void keepsItOutOfTheBucket(HostileUpload upload) {
        Set<String> before = new HashSet<>(S3.keys(BUCKET));
        int status = switch (upload.reason()) {
            case TOO_LARGE, TOO_MANY_PIXELS -> 413;
            case UNSUPPORTED, HEIC, DAMAGED -> 415;
        };

        assertThat(me.upload("PUT", "/profile/me/photo", upload.bytes()).status())
                .isEqualTo(status);
        assertThat(CLIENT.upload("POST", "/api/update/save", Map.of("token", TOKEN, "bio", "New."), upload.bytes())
                        .status())
                .isEqualTo(status);
        assertThat(CLIENT.upload("POST", "/edit/" + TOKEN, Map.of("bio", "New."), upload.bytes(), "Accept", "text/html")
                        .status())
                .isEqualTo(422);

        assertThat(me.get("/profile/me").text("photoUrl")).isEqualTo("null");
        Answer loaded = CLIENT.post("/api/update/load", Map.of("token", TOKEN));
        assertThat(loaded.status()).isEqualTo(200);
        assertThat(loaded.text("bio")).isEqualTo("null");
        assertThat(S3.keys(BUCKET)).hasSameElementsAs(before);
    }

    @Test
    @DisplayName("Of a damaged file either a sound portrait gets into the bucket, or nothing")
    void keepsOnlyWhatItMadeOfDamagedFiles() {
        Set<String> expected = new HashSet<>(S3.keys(BUCKET));
        Set<Integer> statuses = new HashSet<>();
        Random random = new Random(20261121);
        for (byte[] source : DamagedUploads.sources()) {
            for (int round = 0; round < ROUNDS; round++) {
                Answer answer = me.upload("PUT", "/profile/me/photo", DamagedUploads.damage(source, random));
                statuses.add(answer.status());
                if (answer.status() == 200) {
                    String path = URI.create(answer.text("photoUrl")).getPath();
                    assertThat(Pictures.read(me.get(path).response().body()).getWidth())
                            .isBetween(1, 512);
                    expected.add(path.substring(1));
                }
                assertThat(S3.keys(BUCKET)).hasSameElementsAs(expected);
            }
        }
        // Wounds may make another size of the header, too.
        assertThat(statuses).contains(200, 415).isSubsetOf(200, 413, 415);
    }
}
