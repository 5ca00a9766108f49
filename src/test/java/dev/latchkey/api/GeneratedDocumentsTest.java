package dev.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedDocumentsTest {
    private final Client client = Client.shared();

    @ParameterizedTest
    @ValueSource(strings = {"account-api", "session-key-api"})
    @DisplayName("The committed document is the generated one: copy it from target/classes/META-INF/swagger")
    void areCommittedAsGeneratedAndServed(String name) throws IOException {
        String committed = Files.readString(Path.of("openapi", name + ".yml"));
        assertThat(committed).isEqualTo(Files.readString(Path.of("target/classes/META-INF/swagger", name + ".yml")));
        Answer served = client.get("/openapi/" + name + ".yml");
        assertThat(served.status()).isEqualTo(200);
        assertThat(served.text()).isEqualTo(committed);
    }

    @Test
    void areShownOnAPageThatAsksNobodyElse() {
        Answer page = client.get("/docs", "Accept", "text/html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'; script-src 'self'")
                .doesNotContain("http");
        for (Element part : Jsoup.parse(page.text()).select("script[src], link[href]")) {
            String address = part.hasAttr("src") ? part.attr("src") : part.attr("href");
            assertThat(address).startsWith("/");
            assertThat(client.get(address).status()).as(address).isEqualTo(200);
        }
        assertThat(client.get("/openapi/chatgpt-action.yml").status()).isEqualTo(200);
        assertThat(client.get("/openapi/nothing.yml").status()).isEqualTo(404);
    }

    @Test
    void letsConfiguredOriginsCallTheAccountApi() {
        Client other = Client.on(Database.SQLITE.fresh(), Map.of("latchkey.allowed-origins", "https://app.example"));
        try (var server = other.server()) {
            assertThat(server.isRunning()).isTrue();
            String[] preflight = {
                "Origin", "https://app.example",
                "Access-Control-Request-Method", "PUT",
                "Access-Control-Request-Headers", "authorization,if-match"
            };
            Answer allowed = other.send("OPTIONS", "/profile/me", null, preflight);
            assertThat(allowed.status()).isEqualTo(200);
            assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
            assertThat(allowed.header("Access-Control-Allow-Methods")).isEqualTo("PUT");
            assertThat(allowed.header("Access-Control-Allow-Headers")).isEqualTo("authorization,if-match");
            Answer refused = other.get("/profile/me", "Origin", "https://app.example");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
            assertThat(other.get("/profile/me", "Origin", "https://evil.example")
                            .header("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }
}
