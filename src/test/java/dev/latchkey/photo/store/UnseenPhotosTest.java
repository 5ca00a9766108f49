package dev.latchkey.photo.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.photo.PhotoShelf;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.photo.Photos;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.S3Server;
import dev.latchkey.support.SignedIn;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A photo can be seen once a save that shows it is stored, and not before: from this server, and from a public bucket
 * that it does not stand in between.
 */
final class UnseenPhotosTest {
    private static final AtomicInteger WIDTH = new AtomicInteger(100);

    private static S3Server s3;
    private static Map<String, Object> bucket;
    private static Client client;
    private static ApplicationContext context;

    /** Like no other: as wide as no other. */
    private final byte[] upload = Images.jpeg(WIDTH.incrementAndGet(), 400);

    private final String hash = Images.processed(context, upload).hash();
    private Account owner;
    private String token;
    private SignedIn me;

    @BeforeAll
    static void start() {
        s3 = new S3Server();
        bucket = s3.publicBucket();
        client = Client.on(Database.SQLITE.fresh(), bucket);
        context = client.server().getApplicationContext();
    }

    @AfterAll
    static void stop() {
        client.server().close();
        s3.close();
    }

    @BeforeEach
    void meet() {
        owner = People.somebody(context);
        token = Links.fresh(context, owner);
        me = SignedIn.somebody(client.server());
    }

    @Test
    @DisplayName("A Save with a stale version, with an invalid field or with a used link shows nothing")
    void refusedSavesShowNothing() {
        assertThat(save(Map.of("token", token, "version", "99")).status()).isEqualTo(409);
        assertThat(save(Map.of("token", token, "bio", "x".repeat(2001))).status())
                .isEqualTo(422);
        assertThat(client.post("/api/update/save", Map.of("token", token, "bio", "Used."))
                        .status())
                .isEqualTo(200);
        assertThat(save(Map.of("token", token)).status()).isEqualTo(410);

        assertUnseen();
        assertThat(s3.keys(bucket)).as("nothing was even decoded").noneMatch(key -> key.contains(hash));
    }

    @Test
    @DisplayName("A form with a stale version, an invalid field or a used link shows nothing")
    void refusedFormsShowNothing() {
        assertThat(form(Map.of("version", "99", "bio", "Mine.")).status()).isEqualTo(409);
        assertThat(form(Map.of("nickname", "?")).status()).isEqualTo(422);
        assertThat(client.post("/api/update/save", Map.of("token", token, "bio", "Used."))
                        .status())
                .isEqualTo(200);
        assertThat(form(Map.of("bio", "Late.")).status()).isEqualTo(410);

        assertUnseen();
    }

    @Test
    @DisplayName("The account API shows nothing of what it refused")
    void refusedCallsShowNothing() {
        assertThat(me.upload("PUT", "/profile/me/photo", upload).status())
                .as("no profile")
                .isEqualTo(404);
        me.send("POST", "/profile/me", "{\"bio\":\"Here.\"}");
        assertThat(me.upload("POST", "/profile/me", upload).status())
                .as("a profile is there")
                .isEqualTo(409);
        assertThat(me.upload("PUT", "/profile/me/photo", upload, "If-Match", "\"777\"")
                        .status())
                .isEqualTo(412);

        assertUnseen();
    }

    @Test
    @DisplayName("A save that fails at its very end has shown nothing, and the same link shows the photo later")
    void failedSavesShowNothing() throws Exception {
        Sql.refuseNotices(context, Database.SQLITE);
        try {
            assertThat(save(Map.of("token", token)).status()).isEqualTo(503);
            assertThat(form(Map.of()).status()).isEqualTo(503);
            assertUnseen();
        } finally {
            Sql.acceptNotices(context, Database.SQLITE);
        }

        assertThat(save(Map.of("token", token)).status()).isEqualTo(200);
        assertSeen();
    }

    @Test
    @DisplayName("My photo is seen when the answer comes, and no longer when I have replaced, removed or left")
    void isSeenAsLongAsItIsShown() throws Exception {
        me.send("POST", "/profile/me", "{\"bio\":\"Here.\"}");
        show(upload);
        assertSeen();
        show(Images.jpeg(90, 90));
        assertUnseen();

        show(upload);
        assertSeen();
        assertThat(me.send("DELETE", "/profile/me/photo", "").status()).isEqualTo(204);
        assertUnseen();

        show(upload);
        SignedIn other = SignedIn.somebody(client.server());
        assertThat(other.upload("POST", "/profile/me", upload).status()).isEqualTo(201);
        show(Images.jpeg(91, 91));
        assertSeen();
    }

    @Test
    @DisplayName("A photo whose publishing was cut short is published by the next round")
    void publishesWhatACrashLeft() throws Exception {
        context.getBean(Photos.class).keep(Images.processed(context, upload));
        Sql.run(
                context,
                "INSERT INTO profiles (account_id, photo_hash, version, updated_at) VALUES ('%s', '%s', 1, 0)"
                        .formatted(owner.id(), hash));
        assertThat(statusInTheBucket()).isNotEqualTo(200);
        assertThat(statusFromHere()).isEqualTo(200);

        PhotoShelf.publishTheRest(context);

        assertSeen();
    }

    private void show(byte[] photo) {
        assertThat(me.upload("PUT", "/profile/me/photo", photo).status()).isEqualTo(200);
    }

    private Answer save(Map<String, String> fields) {
        return client.upload("POST", "/api/update/save", fields, upload);
    }

    private Answer form(Map<String, String> fields) {
        return client.upload("POST", "/edit/" + token, fields, upload, "Accept", "text/html");
    }

    private void assertUnseen() {
        assertThat(statusFromHere()).isEqualTo(404);
        assertThat(s3.keys(bucket)).doesNotContain("photos/" + hash + ".jpg");
    }

    private void assertSeen() throws Exception {
        assertThat(statusFromHere()).isEqualTo(200);
        assertThat(statusInTheBucket()).isEqualTo(200);
    }

    private int statusFromHere() {
        return client.get("/photos/" + hash + ".jpg").status();
    }

    /** As a browser asks, without any key. */
    private int statusInTheBucket() {
        return client.get(context.getBean(PhotoUrls.class).urlOf(hash)).status();
    }
}
