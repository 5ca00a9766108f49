package dev.latchkey.devinbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latchkey.config.DevClock;
import dev.latchkey.database.ClockWatch;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.assertj.core.data.TemporalUnitOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockTest {
    private final DevServer server = DevServer.on(Database.SQLITE);

    @BeforeEach
    @AfterEach
    void begin() {
        server.reset();
    }

    @Test
    @DisplayName("The clock goes forward, and says by how much it is ahead")
    void goesForward() {
        Answer before = server.get("/dev/clock");
        assertThat(before.text("offset")).isEqualTo("PT0S");
        assertThat(Instant.parse(before.text("now"))).isCloseTo(Instant.now(), nearly());
        assertThat(server.forward("20m").text("offset")).isEqualTo("PT20M");
        Answer after = server.forward("PT500S");
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.text("offset")).isEqualTo("PT28M20S");
        assertThat(Instant.parse(after.text("now"))).isCloseTo(Instant.now().plus(Duration.ofSeconds(1700)), nearly());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"forward\": \"-1s\"}",
                "{\"forward\": \"0s\"}",
                "{\"forward\": \"soon\"}",
                "{\"forward\": 20}",
                "{\"forward\": null}",
                "{\"forward\": \"367d\"}",
                "{\"back\": \"20m\"}"
            })
    @DisplayName("It never goes back, nor further than a year at once")
    void neverGoesBack(String body) {
        assertThat(server.post("/dev/clock", body).status()).isEqualTo(400);
        assertThat(server.get("/dev/clock").text("offset")).isEqualTo("PT0S");
    }

    @Test
    @DisplayName("In all it goes ten years ahead and no further")
    void isBoundInAll() {
        for (int i = 0; i < 10; i++) {
            assertThat(server.forward("366d").status()).isEqualTo(200);
        }
        assertThat(server.forward("1m").status()).isEqualTo(400);
        assertThat(server.get("/dev/clock").text("offset")).isEqualTo("PT87840H");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("Links, their requests and access tokens end at once when the clock passes their end")
    void endsWhatRunsOut(Database database) {
        DevServer here = DevServer.on(database);
        here.reset();
        String request = here.init(DevServer.ADA);
        String link = here.mail(DevServer.ADA).json().at("/links/0").asText();
        String token = link.substring(link.lastIndexOf('/') + 1);
        String bearer =
                "Bearer " + here.login(DevServer.ADA, DevServer.PASSPHRASE).text("access_token");
        here.forward("14m");
        assertThat(load(here, token).status()).isEqualTo(200);
        assertThat(here.get("/profile/me", "Authorization", bearer).status()).isEqualTo(200);
        here.forward("90s");
        assertThat(load(here, token).problem()).isEqualTo("link-expired");
        assertThat(here.status(request).text("state")).isEqualTo("expired");
        here.forward("24h");
        assertThat(here.get("/profile/me", "Authorization", bearer).problem()).isEqualTo("token-expired");
        here.reset();
    }

    @Test
    @DisplayName("What is old by then is gone at once: the history of requests after a month")
    void removesWhatIsOld() {
        String request = server.init(DevServer.ADA);
        assertThat(server.mail(DevServer.ADA).status()).isEqualTo(200);
        assertThat(server.status(request).status()).isEqualTo(200);
        server.forward("31d");
        assertThat(server.status(request).problem()).isEqualTo("request-not-found");
    }

    @Test
    @DisplayName("The watch that distrusts jumps of the clock takes this for none")
    void isNoJump() {
        ClockWatch watch = server.bean(ClockWatch.class);
        server.forward("2h");
        watch.look();
        assertThat(watch.isSteady()).isTrue();
        server.reset();
        watch.look();
        assertThat(watch.isSteady()).isTrue();
        assertThat(watch.highest())
                .isBeforeOrEqualTo(server.bean(DevClock.class).instant());
    }

    private static Answer load(DevServer server, String token) {
        return server.post("/api/update/load", Map.of("token", token));
    }

    private static TemporalUnitOffset nearly() {
        return within(30, ChronoUnit.SECONDS);
    }
}
