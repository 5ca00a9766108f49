package dev.latchkey.devinbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Database;
import dev.latchkey.support.Images;
import dev.latchkey.support.Race;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResetTest {

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "After a reset everything is as after a fresh start: people, profiles, photos, sessions, mails, faults, clock")
    void beginsAnew(Database database) {
        DevServer server = DevServer.on(database);
        assertThat(server.reset().status()).isEqualTo(204);
        String somebody = "somebody@example.org";
        server.post("/auth/signup", Map.of("email", somebody, "password", "a passphrase of theirs"));
        String bearer =
                "Bearer " + server.login(DevServer.ADA, DevServer.PASSPHRASE).text("access_token");
        String token = server.freshToken(DevServer.ADA);
        Answer photo =
                server.upload("PUT", "/profile/me/photo", Map.of(), Images.jpeg(64, 64), "Authorization", bearer);
        String shown = URI.create(photo.text("photoUrl")).getPath();
        assertThat(server.get(shown).status()).isEqualTo(200);
        server.post("/api/update/save", Map.of("token", token, "bio", "Changed.", "nickname", "ada_changed"));
        server.post("/dev/faults", Map.of("mails", List.of("451"), "saves", List.of(503)));
        server.forward("3h");

        for (int i = 0; i < 2; i++) {
            assertThat(server.reset().status()).isEqualTo(204);
        }
        assertThat(server.login(somebody, "a passphrase of theirs").status()).isEqualTo(401);
        assertThat(server.get("/profile/me", "Authorization", bearer).status()).isEqualTo(401);
        assertThat(server.post("/api/update/load", Map.of("token", token)).status())
                .isEqualTo(410);
        assertThat(server.get(shown).status()).isEqualTo(404);
        assertThat(server.get("/dev/inbox/messages").text()).isEqualTo("[]");
        assertThat(server.get("/dev/faults").text()).isEqualTo("{\"mails\":[],\"saves\":[]}");
        assertThat(server.get("/dev/clock").text("offset")).isEqualTo("PT0S");
        String again =
                "Bearer " + server.login(DevServer.ADA, DevServer.PASSPHRASE).text("access_token");
        Answer ada = server.get("/profile/me", "Authorization", again);
        assertThat(ada.text("bio")).isEqualTo("I write programs for an engine that does not exist yet.");
        assertThat(ada.text("nickname")).isEqualTo("ada");
        assertThat(ada.text("photoUrl")).isEqualTo("null");
        assertThat(ada.text("pin")).isEqualTo("100000001");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("A reset gives back what was taken from the limits")
    void givesLimitsBack(Database database) {
        DevServer server = DevServer.on(database);
        server.reset();
        int asked = 0;
        while (server.action("/api/update/init", Map.of("email", DevServer.ADA)).status() == 202) {
            asked++;
        }
        assertThat(asked).isEqualTo(60);
        server.reset();
        assertThat(server.action("/api/update/init", Map.of("email", DevServer.ADA))
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "Eight resets at once, among calls that go on, leave the fixtures and nothing else; no mail comes late")
    void isSafeUnderLoad(Database database) throws Exception {
        DevServer server = DevServer.on(database);
        server.reset();
        AtomicBoolean over = new AtomicBoolean();
        Callable<Integer> load = () -> {
            int worst = 0;
            for (int i = 0; !over.get(); i++) {
                Answer init = server.action("/api/update/init", Map.of("email", DevServer.ADA));
                Answer login = server.login("pro@fixture.example", DevServer.PASSPHRASE);
                Answer signUp = server.post(
                        "/auth/signup",
                        Map.of("email", "p" + i + "@example.org", "password", "a passphrase of theirs"));
                worst = Stream.of(init, login, signUp).mapToInt(Answer::status).reduce(worst, Math::max);
            }
            return worst;
        };
        Callable<Integer> resets = () -> {
            try {
                return Race.of(8, () -> server.reset().status()).stream().reduce(0, Math::max);
            } finally {
                over.set(true);
            }
        };
        List<Integer> worst = Race.of(List.of(resets, load, load, load));
        assertThat(worst.getFirst()).isEqualTo(204);
        assertThat(worst.subList(1, 4)).allMatch(status -> status < 500 || status == 503);
        assertThat(server.reset().status()).isEqualTo(204);
        assertThat(server.get("/dev/inbox/messages?wait=1s").text()).isEqualTo("[]");
        assertThat(names(server.get("/dev/fixtures").json())).hasSize(7);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("A reset is fast enough for one before each class of tests")
    void isFast(Database database) {
        DevServer server = DevServer.on(database);
        server.reset();
        // A busy machine only ever makes it slower.
        boolean fast = Stream.generate(() -> {
                    long begin = System.nanoTime();
                    server.reset();
                    return Duration.ofNanos(System.nanoTime() - begin);
                })
                .limit(50)
                .anyMatch(took -> took.compareTo(Duration.ofMillis(300)) < 0);
        assertThat(fast).isTrue();
    }

    private static List<String> names(JsonNode fixtures) {
        return StreamSupport.stream(fixtures.spliterator(), false)
                .map(fixture -> fixture.path("name").asText())
                .toList();
    }
}
