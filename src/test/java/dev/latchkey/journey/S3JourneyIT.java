package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.support.Answer;
import dev.latchkey.support.DevMailbox;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.S3Server;
import dev.latchkey.support.Secrets;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The jar with its photos in a bucket: from the question for the bucket at the start to the photo in a browser. */
class S3JourneyIT {
    private static final String ADA = "ada@example.com";

    private static S3Server s3;

    @BeforeAll
    static void start() {
        s3 = new S3Server();
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @Test
    void servesThePhotoFromAPrivateBucket() throws IOException {
        Map<String, Object> bucket = s3.bucket();
        try (LatchkeyJar jar = start(bucket)) {
            String url = savePhoto(jar);

            assertThat(url).matches(jar.origin() + "/photos/[0-9a-f]{64}\\.jpg");
            assertThat(s3.keys(bucket)).contains(URI.create(url).getPath().substring(1));
            LatchkeyClient client = new LatchkeyClient(jar);
            Answer photo = client.get(URI.create(url).getPath());
            assertPortrait(photo.status(), photo.bytes());
            assertThat(photo.header("ETag")).isEqualTo('"' + hash(url) + '"');
            assertThat(photo.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(client.get("/photos/" + "0".repeat(64) + ".jpg").status())
                    .isEqualTo(404);
        }
    }

    @Test
    void pointsToAPublicBucketThatServesThePhotoItself() throws IOException {
        Map<String, Object> bucket = s3.publicBucket();
        try (LatchkeyJar jar = start(bucket)) {
            String url = savePhoto(jar);

            assertThat(url).startsWith(bucket.get("latchkey.s3.public-url") + "/photos/");
            Answer fromTheBucket = new LatchkeyClient(jar).get(url);
            assertPortrait(fromTheBucket.status(), fromTheBucket.bytes());
            assertThat(fromTheBucket.header("Content-Type")).isEqualTo("image/jpeg");
            assertThat(fromTheBucket.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(new LatchkeyClient(jar)
                            .get("/photos/" + hash(url) + ".jpg")
                            .bytes())
                    .isEqualTo(fromTheBucket.bytes());
        }
    }

    @Test
    void refusesToStartWithoutTheBucket() {
        assertRefused(
                s3.settings("nobody-made-this"),
                "LATCHKEY_S3_BUCKET: there is no bucket \"nobody-made-this\". Create it, or name one that is there.");
    }

    @Test
    void refusesToStartWithWrongCredentials() {
        Map<String, Object> settings = new HashMap<>(s3.bucket());
        settings.put("latchkey.s3.secret-key", "wrong");
        assertRefused(
                settings,
                "LATCHKEY_S3_ACCESS_KEY: the store keeps these credentials from the bucket \""
                        + settings.get("latchkey.s3.bucket")
                        + "\". Correct them and LATCHKEY_S3_SECRET_KEY, or what they may do.");
    }

    private static LatchkeyJar start(Map<String, Object> bucket) {
        Map<String, String> settings = LatchkeyJar.variables(bucket);
        settings.put("LATCHKEY_LINKS_PER_MINUTE", "10");
        return LatchkeyJar.dev(settings);
    }

    /** The one line is all that an operator has to read. */
    private static void assertRefused(Map<String, Object> settings, String sentence) {
        assertThatThrownBy(() -> start(settings).close())
                .hasMessageStartingWith("Did not start:")
                .message()
                .satisfies(output -> assertThat(output.lines()).contains(sentence))
                .doesNotContain("Exception", "\tat ", "wrong");
    }

    /** Init, the mail, and a Save with a photo; returns the photo's address. */
    private static String savePhoto(LatchkeyJar jar) {
        LatchkeyClient client = new LatchkeyClient(jar);
        Secrets secrets = new Secrets();
        DevMailbox mailbox = new DevMailbox(client, ADA);
        String token = secrets.keep(mailbox.freshToken());
        Answer saved = client.save(Map.of("token", token, "bio", "With a face."), Photos.redBesideBlue());
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        assertThat(client.load(token).status()).isEqualTo(410);
        String url = client.load(secrets.keep(mailbox.freshToken())).text("photoUrl");
        secrets.assertUnknownTo(jar);
        return url;
    }

    private static void assertPortrait(int status, byte[] jpeg) throws IOException {
        assertThat(status).isEqualTo(200);
        BufferedImage photo = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertThat(photo.getWidth()).isEqualTo(400);
        assertThat(photo.getHeight()).isEqualTo(400);
    }

    private static String hash(String url) {
        return url.replaceAll(".*/|\\.jpg$", "");
    }
}
