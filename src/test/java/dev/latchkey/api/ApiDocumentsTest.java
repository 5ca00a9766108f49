package dev.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Answer;
import dev.latchkey.support.ApiDocuments;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiDocumentsTest {
    private final Client client = Client.shared();

    @ParameterizedTest
    @ValueSource(strings = {"account-api", "session-key-api", "link-api", "oauth", "dev-inbox"})
    @DisplayName("The document that is served is the committed one")
    void areServedAsCommitted(String name) throws IOException {
        Answer served = client.get("/openapi/" + name + ".yml");
        assertThat(served.status()).isEqualTo(200);
        assertThat(served.text()).isEqualTo(Files.readString(Path.of("openapi", name + ".yml")));
    }

    @ParameterizedTest
    @CsvSource({"ACCOUNT_API,dev.latchkey.api.account", "SESSION_KEY_API,dev.latchkey.api.sessionkey"})
    @DisplayName(
            "The document has every call that the server answers, and no other; Client holds the answers against it")
    @Asvs({"6.3.4", "13.4.5"})
    void haveTheRoutesOfTheServer(ApiDocuments document, String room) {
        assertThat(client.server()
                        .getApplicationContext()
                        .getBean(Router.class)
                        .uriRoutes()
                        .filter(route ->
                                route.getDeclaringType().getPackageName().equals(room))
                        .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
                        .map(route -> route.getHttpMethodName() + " "
                                + route.getUriMatchTemplate().toPathString())
                        .collect(Collectors.toSet()))
                .isEqualTo(document.calls());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Every operation has a tag, a summary, and examples that are what its schemas say")
    void haveRealExamples(ApiDocuments document) {
        document.checkExamples();
    }

    @Test
    void areNotFoundUnderOtherNames() {
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
