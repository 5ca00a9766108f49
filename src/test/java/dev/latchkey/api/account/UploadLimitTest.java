package dev.latchkey.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.SignedIn;
import io.micronaut.context.ApplicationContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What somebody is told who uploads too much, at each door that takes a photo. */
final class UploadLimitTest {
    private static final int MOST = 20;
    private static final byte[] PHOTO = Images.jpeg(60, 60);
    private static final byte[] NONE = "no photo".getBytes(StandardCharsets.UTF_8);

    private static final Client CLIENT = Client.on(Database.SQLITE.fresh(), Map.of());
    private static final ApplicationContext CONTEXT = CLIENT.server().getApplicationContext();

    @AfterAll
    static void stop() {
        CLIENT.server().close();
    }

    @Test
    @DisplayName("Each upload counts, refused ones too; after 20 I am told when to come back, and then it works")
    void countsWhatIsPut() {
        SignedIn me = SignedIn.somebody(CLIENT.server());
        me.send("POST", "/profile/me", "{\"bio\":\"Hello.\"}");
        for (int upload = 0; upload < MOST; upload++) {
            int status = switch (upload % 3) {
                case 0 -> me.upload("PUT", "/profile/me/photo", PHOTO).status();
                case 1 -> me.upload("PUT", "/profile/me/photo", NONE).status();
                default ->
                    me.upload("PUT", "/profile/me/photo", PHOTO, "If-Match", "\"99\"")
                            .status();
            };
            assertThat(status).isEqualTo(new int[] {200, 415, 412}[upload % 3]);
        }

        Answer refused = me.upload("PUT", "/profile/me/photo", PHOTO);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("type")).isEqualTo("/problems/too-many-requests");
        assertThat(refused.response().headers().firstValue("Retry-After")).hasValue("3600");
        assertThat(refused.text("detail"))
                .isEqualTo("Too many photos were uploaded. Nothing was saved. Try again in 60 minutes.");
        assertThat(me.upload("POST", "/profile/me", PHOTO).status()).isEqualTo(429);
        assertThat(me.send("PUT", "/profile/me", "{\"bio\":\"No photo.\"}").status())
                .isEqualTo(200);

        CLIENT.clock().advance(Duration.ofHours(1));
        assertThat(me.upload("PUT", "/profile/me/photo", PHOTO).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("Save and the page count together, the link lives on, and what I typed is kept")
    void countsWhatIsSaved() {
        Account somebody = People.somebody(CONTEXT);
        String token = Links.fresh(CONTEXT, somebody);
        for (int upload = 0; upload < MOST / 2; upload++) {
            assertThat(save(token, NONE).status()).isEqualTo(415);
            assertThat(form(token, NONE).status()).isEqualTo(422);
        }

        Answer refused = save(token, PHOTO);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("3600");
        assertThat(refused.text("detail"))
                .isEqualTo("Too many photos were uploaded for this account. Nothing was saved and the link still works:"
                        + " save without a photo, or try again in 60 minutes.");
        Answer page = form(token, PHOTO);
        assertThat(page.status()).isEqualTo(429);
        assertThat(page.header("Retry-After")).isEqualTo("3600");
        assertThat(page.text())
                .contains("You’ve uploaded too many photos in the past hour")
                .contains("Typed.");
        assertThat(CLIENT.post("/api/update/save", Map.of("token", token, "bio", "Said."))
                        .status())
                .isEqualTo(200);
    }

    private static Answer save(String token, byte[] photo) {
        return CLIENT.upload("POST", "/api/update/save", Map.of("token", token, "bio", "Typed."), photo);
    }

    private static Answer form(String token, byte[] photo) {
        return CLIENT.upload("POST", "/edit/" + token, Map.of("bio", "Typed."), photo, "Accept", "text/html");
    }
}
