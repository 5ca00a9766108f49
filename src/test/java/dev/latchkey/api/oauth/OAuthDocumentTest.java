package dev.latchkey.api.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.config.client.ClientFile;
import dev.latchkey.oauth.Grants;
import dev.latchkey.oauth.client.PredefinedClients;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The commands of {@code docs/api/oauth.md}, run as they stand there; only where the server is, is replaced. */
class OAuthDocumentTest {
    private static final String SERVER = "http://localhost:8080";

    private final EmbeddedServer server = Contexts.server(
            Database.SQLITE,
            Map.of(
                    "latchkey.oauth-registration",
                    "true",
                    "latchkey.oauth-clients",
                    PredefinedClients.file(blocks("json")
                            .getFirst()
                            .replace("what openssl rand -hex 32 prints", "0123456789abcdef0123456789abcdef"))));
    private final ApplicationContext context = server.getApplicationContext();

    @Test
    @DisplayName("What there is can be found out")
    void findsOut() throws Exception {
        assertThat(Answer.json(run("oauth-protected-resource", Map.of()))
                        .path("resource")
                        .asText())
                .isEqualTo("http://localhost/mcp");
        assertThat(Answer.json(run("oauth-authorization-server", Map.of()))
                        .path("issuer")
                        .asText())
                .isEqualTo("http://localhost");
    }

    @Test
    @DisplayName("A client can register")
    void registers() throws Exception {
        assertThat(Answer.json(run("/oauth/register", Map.of()))
                        .path("client_id")
                        .asText())
                .isNotEmpty();
    }

    @Test
    @DisplayName("A code is exchanged, and what came of it revoked")
    void exchangesAndRevokes() throws Exception {
        Assistant assistant =
                new Assistant(new Api(server), "example-assistant", "https://client.example.com/callback");
        String code = assistant.code(context, People.somebody(context), "profile:read profile:propose offline_access");

        JsonNode tokens =
                Answer.json(run("/oauth/token", Map.of("CODE", code, "VERIFIER", assistant.verifier.getValue())));
        JsonNode described = Answer.json(blocks("json").getLast());
        assertThat(tokens.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(
                        described.properties().stream().map(Map.Entry::getKey).toList());
        assertThat(tokens.path("expires_in")).isEqualTo(described.path("expires_in"));
        assertThat(tokens.path("scope")).isEqualTo(described.path("scope"));

        String token = tokens.path("access_token").asText();
        assertThat(context.getBean(Grants.class).find(token)).isPresent();
        assertThat(run("/oauth/revoke", Map.of("TOKEN", token))).isEmpty();
        assertThat(context.getBean(Grants.class).find(token)).isEmpty();
    }

    @Test
    @DisplayName("The file of clients is refused with the secret that everybody can read here")
    void refusesTheSecretOfTheDocument() {
        String file = PredefinedClients.file(blocks("json").getFirst());
        assertThat(ClientFile.mistakes(file)).singleElement().asString().contains("client_secret");
    }

    private String run(String endpoint, Map<String, String> variables) throws IOException, InterruptedException {
        String command = blocks("sh").stream()
                .filter(block -> block.contains(endpoint))
                .findFirst()
                .orElseThrow()
                .replace(SERVER, server.getURI().toString());
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command).redirectError(ProcessBuilder.Redirect.INHERIT);
        shell.environment().putAll(variables);
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return output;
    }

    private static List<String> blocks(String language) {
        try {
            return Pattern.compile("(?s) *```" + language + "\n(.*?)```")
                    .matcher(Files.readString(Path.of("docs/api/oauth.md")))
                    .results()
                    .map(block -> block.group(1).strip())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
