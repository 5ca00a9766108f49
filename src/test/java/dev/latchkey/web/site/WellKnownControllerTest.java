package dev.latchkey.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WellKnownControllerTest {
    private static final String TOKEN = "Zm9yLUxhdGNoa2V5_-.~1";
    private static final EmbeddedServer SERVER = Contexts.server(
            Database.SQLITE,
            Map.of(
                    "test.clock",
                    true,
                    "latchkey.base-url",
                    "https://id.example.org",
                    "latchkey.openai-challenge",
                    TOKEN,
                    "latchkey.support",
                    "help@example.org"));
    private static final EmbeddedServer SILENT = Contexts.server(Database.SQLITE, Map.of("test.well-known", false));

    @Test
    @DisplayName("The challenge is answered by the token of LATCHKEY_OPENAI_CHALLENGE and nothing else")
    void answersTheChallenge() {
        Answer answer = new Api(SERVER).get("/.well-known/openai-apps-challenge");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        assertThat(answer.text()).isEqualTo(TOKEN);
        assertThat(Api.browser(SERVER).get("/.well-known/openai-apps-challenge").text())
                .isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/openai-apps-challenge",
                "/.well-known/security.txt",
                "/.well-known/ai-plugin.json",
                "/.well-known/nothing"
            })
    @DisplayName("What is not set is not there")
    void isSilentWhereNothingIsSet(String path) {
        Answer answer = new Api(SILENT).get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
    }

    @Test
    @DisplayName("security.txt names the contact, always for another ninety days")
    void namesTheContactForSecurity() {
        Map<String, String> before = fields(new Api(SERVER).get("/.well-known/security.txt"));
        MutableClock clock = SERVER.getApplicationContext().getBean(MutableClock.class);
        clock.advance(Duration.ofDays(100));
        Map<String, String> after = fields(new Api(SERVER).get("/.well-known/security.txt"));

        assertThat(before)
                .containsEntry("Contact", "mailto:help@example.org")
                .containsEntry("Canonical", "https://id.example.org/.well-known/security.txt")
                .containsEntry("Preferred-Languages", "en");
        assertThat(Instant.parse(after.getOrDefault("Expires", "")))
                .isEqualTo(Instant.parse(before.getOrDefault("Expires", "")).plus(Duration.ofDays(100)))
                .isBetween(
                        clock.instant().plus(Duration.ofDays(89)),
                        clock.instant().plus(Duration.ofDays(90)));
    }

    private static Map<String, String> fields(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
        return answer.text()
                .lines()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(field -> field[0], field -> field[1]));
    }
}
