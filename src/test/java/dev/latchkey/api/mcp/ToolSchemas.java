package dev.latchkey.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.latchkey.support.Answer;
import dev.latchkey.text.Resources;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What the tools say that they take and answer. */
final class ToolSchemas {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, JsonNode> TOOLS = new HashMap<>();

    static {
        JsonNode file = Answer.json(new String(Resources.bytes("mcp/server.json"), StandardCharsets.UTF_8));
        file.path("tools").forEach(tool -> TOOLS.put(tool.path("name").asText(), tool));
    }

    private ToolSchemas() {}

    /** Fails where facts are not as a tool describes them, or have a member that it does not. */
    static void output(String tool, JsonNode facts) {
        JsonNode schema = TOOLS.get(tool).path("outputSchema");
        check(schema, facts);
        assertThat(schema.path("properties").properties())
                .extracting(Map.Entry::getKey)
                .containsAll(facts.properties().stream().map(Map.Entry::getKey).toList());
    }

    /** Fails where arguments are not as a tool wants them. */
    static void input(String tool, String arguments) {
        check(TOOLS.get(tool).path("inputSchema"), Answer.json("{" + arguments + "}"));
    }

    private static void check(JsonNode schema, JsonNode document) {
        assertThat(REGISTRY.getSchema(schema.toString(), InputFormat.JSON)
                        .validate(
                                document.toString(),
                                InputFormat.JSON,
                                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                .as(document.toString())
                .isEmpty();
    }
}
