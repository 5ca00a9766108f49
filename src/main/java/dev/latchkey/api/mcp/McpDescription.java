package dev.latchkey.api.mcp;

import dev.latchkey.text.Resources;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the server says of itself and of its tools: {@code mcp/server.json}. */
@Singleton
final class McpDescription {
    private static final Map<String, Object> CAPABILITIES = Map.of("tools", Map.of("listChanged", false));

    private final Map<String, Object> self;
    private final Object instructions;
    private final Object tools;

    McpDescription(JsonMapper mapper) {
        Map<String, Object> file = read(mapper);
        self = new LinkedHashMap<>();
        self.put("name", "latchkey");
        self.put("title", "Latchkey");
        self.put(
                "version",
                Objects.requireNonNullElse(McpDescription.class.getPackage().getImplementationVersion(), "dev"));
        instructions = Objects.requireNonNull(file.get("instructions"));
        tools = Objects.requireNonNull(file.get("tools"));
    }

    Map<String, Object> self() {
        return self;
    }

    Map<String, Object> toolList() {
        return Map.of("tools", tools);
    }

    Map<String, Object> discovery() {
        return introduction("supportedVersions", ProtocolEra.allVersions());
    }

    /** The answer to the handshake: the version that was asked for, or the newest of its era (2025-11-25, lifecycle). */
    Map<String, Object> greeting(@Nullable Object requested) {
        if (!(requested instanceof String version)) {
            throw RpcError.malformedParams("protocolVersion must be a string");
        }
        List<String> known = ProtocolEra.LEGACY.versions();
        return introduction("protocolVersion", known.contains(version) ? version : known.getFirst());
    }

    private Map<String, Object> introduction(String versions, Object spoken) {
        Map<String, Object> introduction = new LinkedHashMap<>();
        introduction.put(versions, spoken);
        introduction.put("capabilities", CAPABILITIES);
        introduction.put("serverInfo", self);
        introduction.put("instructions", instructions);
        return introduction;
    }

    private static Map<String, Object> read(JsonMapper mapper) {
        try {
            return mapper.readValue(Resources.bytes("mcp/server.json"), Argument.mapOf(String.class, Object.class));
        } catch (IOException e) {
            throw new UncheckedIOException("mcp/server.json is no JSON object", e);
        }
    }
}
