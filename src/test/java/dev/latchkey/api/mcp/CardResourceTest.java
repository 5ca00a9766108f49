package dev.latchkey.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.api.mcp.McpClient.Reply;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How a host finds the card and loads it. */
final class CardResourceTest {
    private static final String CARD = "ui://latchkey/draft";
    private static final String TYPE = "text/html;profile=mcp-app";

    private final McpClient client = new McpClient(Contexts.server(Database.SQLITE, Map.of("test.clock", true)));

    @Test
    @DisplayName("The server says that it has resources, and what kind of cards")
    void declaresItself() {
        JsonNode legacy = client.legacy("2025-11-25", "initialize", "\"protocolVersion\":\"2025-11-25\"")
                .result();
        for (JsonNode said : List.of(client.modern("server/discover", "").result(), legacy)) {
            JsonNode capabilities = said.path("capabilities");
            assertThat(capabilities.path("resources").isObject()).isTrue();
            assertThat(capabilities
                            .path("extensions")
                            .path("io.modelcontextprotocol/ui")
                            .path("mimeTypes")
                            .toString())
                    .isEqualTo("[\"" + TYPE + "\"]");
        }
    }

    @Test
    @DisplayName(
            "The tool that drafts names the card, in the words of today and of before; the one that saves is the card's alone")
    void isNamedByItsTool() {
        JsonNode tools = client.modern("tools/list", "").result().path("tools");

        assertThat(meta(tools, "propose_profile_change")
                        .path("ui")
                        .path("resourceUri")
                        .asText())
                .isEqualTo(CARD);
        assertThat(meta(tools, "propose_profile_change").path("ui/resourceUri").asText())
                .isEqualTo(CARD);
        assertThat(meta(tools, "save_profile_draft")
                        .path("ui")
                        .path("visibility")
                        .toString())
                .isEqualTo("[\"app\"]");
    }

    @Test
    @DisplayName("The card is listed and read in both eras: one HTML file that may load nothing")
    void isListedAndRead() {
        for (Reply list : both("resources/list", "")) {
            assertThat(list.result().path("resources")).hasSize(1);
            JsonNode listed = list.result().path("resources").path(0);
            assertThat(listed.path("uri").asText()).isEqualTo(CARD);
            assertThat(listed.path("mimeType").asText()).isEqualTo(TYPE);
        }
        for (Reply read : both("resources/read", "\"uri\":\"" + CARD + "\"")) {
            JsonNode content = read.result().path("contents").path(0);
            assertThat(content.path("uri").asText()).isEqualTo(CARD);
            assertThat(content.path("mimeType").asText()).isEqualTo(TYPE);
            assertThat(content.path("text").asText()).startsWith("<!DOCTYPE html>");
            JsonNode ui = content.path("_meta").path("ui");
            assertThat(ui.path("csp"))
                    .isNotEmpty()
                    .allSatisfy(domains -> assertThat(domains).isEmpty());
            assertThat(ui.path("prefersBorder").asBoolean()).isTrue();
        }
        assertThat(client.modern("resources/read", "\"uri\":\"" + CARD + "\"")
                        .result()
                        .path("cacheScope")
                        .asText())
                .isEqualTo("public");
        for (Reply templates : both("resources/templates/list", "")) {
            assertThat(templates.result().path("resourceTemplates").isArray()).isTrue();
        }
    }

    @Test
    @DisplayName("What is not there: -32602, as for a cursor that nobody gave out and for a uri that is none")
    void knowsNoOther() {
        for (Reply reply : both("resources/read", "\"uri\":\"ui://latchkey/other\"")) {
            assertThat(reply.errorCode()).isEqualTo(-32602);
        }
        for (Reply reply : both("resources/list", "\"cursor\":\"x\"")) {
            assertThat(reply.errorCode()).isEqualTo(-32602);
        }
        assertThat(client.legacy("2025-11-25", "resources/read", "").errorCode())
                .isEqualTo(-32602);
    }

    private List<Reply> both(String method, String params) {
        return List.of(client.modern(method, params), client.legacy("2025-11-25", method, params));
    }

    private static JsonNode meta(JsonNode tools, String name) {
        for (JsonNode tool : tools) {
            if (tool.path("name").asText().equals(name)) {
                return tool.path("_meta");
            }
        }
        throw new IllegalArgumentException(name);
    }
}
