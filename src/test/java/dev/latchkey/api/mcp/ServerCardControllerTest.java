package dev.latchkey.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two documents that tell of {@code /mcp}: the card of one server, and the entry of the product in a registry. */
final class ServerCardControllerTest {
    private static final EmbeddedServer SERVER =
            Contexts.server(Database.SQLITE, Map.of("latchkey.base-url", "https://id.example.org"));
    private static final String NAME = "[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+";
    private static final Pattern OWN_VERSION =
            Pattern.compile("<artifactId>latchkey</artifactId>\\s*<version>([^<]+)</version>");

    @ParameterizedTest
    @CsvSource({
        "/.well-known/mcp/server-card.json, application/json",
        "/mcp/server-card, application/mcp-server-card+json"
    })
    @DisplayName("The card says what the server is and where, to pages of any origin")
    void saysWhatTheServerIs(String path, String type) {
        Answer answer = new Api(SERVER).get(path, "Origin", "https://directory.example.com");
        JsonNode card = answer.json();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(type);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(card.path("$schema").asText())
                .isEqualTo("https://static.modelcontextprotocol.io/schemas/v2/server-card.schema.json");
        assertThat(card.path("name").asText())
                .isEqualTo("org.example.id/latchkey")
                .matches(NAME);
        assertThat(card.path("description").asText()).hasSizeBetween(1, 100);
        assertThat(card.path("title").asText()).isEqualTo("Latchkey");
        assertThat(card.path("version").asText()).isNotEmpty();
        assertThat(members(card))
                .isSubsetOf(
                        "$schema",
                        "name",
                        "title",
                        "description",
                        "version",
                        "websiteUrl",
                        "repository",
                        "icons",
                        "remotes",
                        "_meta");
        JsonNode remote = card.at("/remotes/0");
        assertThat(remote.path("type").asText()).isEqualTo("streamable-http");
        assertThat(remote.path("url").asText()).isEqualTo("https://id.example.org/mcp");
    }

    @Test
    @DisplayName("The card says the same as the server itself, once one is connected")
    void agreesWithTheServer() {
        JsonNode card = new Api(SERVER).get("/.well-known/mcp/server-card.json").json();
        JsonNode discovered =
                new McpClient(SERVER).modern("server/discover", "").result();
        JsonNode self = discovered.path("serverInfo");

        for (String member : List.of("title", "version", "websiteUrl", "icons")) {
            assertThat(card.path(member)).as(member).isEqualTo(self.path(member));
        }
        assertThat(card.path("name").asText()).endsWith("/" + self.path("name").asText());
        assertThat(card.at("/remotes/0/supportedProtocolVersions")).isEqualTo(discovered.path("supportedVersions"));
    }

    @Test
    @DisplayName("server.json describes this version to registries, with the host as what its reader fills in")
    void describesThisVersionToRegistries() throws IOException {
        JsonNode entry = Answer.json(Files.readString(Path.of("server.json")));

        assertThat(entry.path("$schema").asText())
                .isEqualTo("https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json");
        assertThat(entry.path("name").asText()).startsWith("dev.latchkey/").matches(NAME);
        assertThat(entry.path("description").asText()).hasSizeBetween(1, 100);
        assertThat(entry.path("version").asText())
                .isEqualTo(OWN_VERSION
                        .matcher(Files.readString(Path.of("pom.xml")))
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group(1));
        assertThat(members(entry))
                .containsExactlyInAnyOrder("$schema", "name", "title", "description", "version", "remotes");
        JsonNode remote = entry.at("/remotes/0");
        assertThat(remote.path("type").asText()).isEqualTo("streamable-http");
        assertThat(remote.path("url").asText()).isEqualTo("https://{host}/mcp");
        assertThat(members(remote.path("variables"))).containsExactly("host");
        assertThat(remote.at("/variables/host/isRequired").asBoolean()).isTrue();
    }

    private static Set<String> members(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
