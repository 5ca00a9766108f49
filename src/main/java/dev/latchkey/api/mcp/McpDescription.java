package dev.latchkey.api.mcp;

import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.Brand;
import dev.latchkey.config.Logo;
import dev.latchkey.config.OAuthSettings;
import dev.latchkey.oauth.GrantScope;
import dev.latchkey.text.Resources;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the server says of itself and of its tools: {@code mcp/server.json}, without what the operator took away. */
@Singleton
final class McpDescription {
    private static final Map<String, Object> CAPABILITIES = Map.of(
            "tools",
            Map.of("listChanged", false),
            "resources",
            Map.of("listChanged", false, "subscribe", false),
            "extensions",
            Map.of("io.modelcontextprotocol/ui", Map.of("mimeTypes", List.of(McpResources.TYPE))));

    private static final List<Integer> ICON_SIZES = List.of(64, 128);

    private final BaseUrl baseUrl;
    private final Brand brand;
    private final String version =
            Objects.requireNonNullElse(McpDescription.class.getPackage().getImplementationVersion(), "dev");
    private final String instructions;
    private final Map<String, Map<String, Object>> tools = new LinkedHashMap<>();

    McpDescription(JsonMapper mapper, OAuthSettings settings, BaseUrl baseUrl, Brand brand) {
        this.baseUrl = baseUrl;
        this.brand = brand;
        File file = read(mapper);
        instructions = brand.inText(
                settings.mcpAnonymous()
                        ? file.instructions() + " " + file.anonymous().instructions()
                        : file.instructions());
        for (Map<String, Object> tool : file.tools()) {
            String name = String.valueOf(tool.get("name"));
            if (settings.mcpAnonymous() || !file.anonymous().tools().contains(name)) {
                tools.put(name, complete(tool));
            }
        }
    }

    /** Says twice what hosts look for in two places. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> complete(Map<String, Object> tool) {
        Map<String, Object> complete = new LinkedHashMap<>(tool);
        Map<String, Object> annotations = new LinkedHashMap<>();
        annotations.put("title", tool.get("title"));
        annotations.putAll((Map<String, Object>) tool.get("annotations"));
        complete.put("annotations", annotations);
        Map<String, Object> meta = new LinkedHashMap<>((Map<String, Object>) tool.getOrDefault("_meta", Map.of()));
        meta.put("securitySchemes", tool.get("securitySchemes"));
        complete.put("_meta", meta);
        return complete;
    }

    /** Who answers, with addresses that the port decides in development: {@code serverInfo}. */
    Map<String, Object> self() {
        Map<String, Object> self = new LinkedHashMap<>();
        self.put("name", "latchkey");
        self.put("title", brand.name());
        self.put("version", version);
        self.put("description", "People see and change their own profile; an assistant only drafts.");
        self.put("websiteUrl", baseUrl.resolve("/"));
        self.put("icons", icons());
        return self;
    }

    private List<Map<String, Object>> icons() {
        Logo logo = brand.logo();
        if (logo != null) {
            return List.of(icon(String.valueOf(brand.logoAddress()), logo.mediaType(), logo.size()));
        }
        return Stream.concat(
                        ICON_SIZES.stream()
                                .map(size -> icon("/assets/icon-" + size + ".png", "image/png", size + "x" + size)),
                        Stream.of(icon("/assets/logo.svg", "image/svg+xml", "any")))
                .toList();
    }

    private Map<String, Object> icon(String path, String type, String size) {
        return Map.of("src", baseUrl.resolve(path), "mimeType", type, "sizes", List.of(size));
    }

    Map<String, Object> toolList() {
        return Map.of("tools", tools.values());
    }

    /** Whether a tool of this name is offered. */
    boolean has(String tool) {
        return tools.containsKey(tool);
    }

    /** What a token must be for to call a tool; nothing for those that anybody may call, and for those that are not there. */
    @SuppressWarnings("unchecked")
    Set<GrantScope> scopesOf(String tool) {
        Set<GrantScope> scopes = EnumSet.noneOf(GrantScope.class);
        Object schemes = tools.getOrDefault(tool, Map.of()).getOrDefault("securitySchemes", List.of());
        for (Map<String, Object> scheme : (List<Map<String, Object>>) schemes) {
            for (String scope : (List<String>) scheme.getOrDefault("scopes", List.of())) {
                scopes.add(GrantScope.of(scope).orElseThrow());
            }
        }
        return scopes;
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
        introduction.put("serverInfo", self());
        introduction.put("instructions", instructions);
        return introduction;
    }

    private static File read(JsonMapper mapper) {
        try {
            return mapper.readValue(Resources.bytes("mcp/server.json"), Argument.of(File.class));
        } catch (IOException e) {
            throw new UncheckedIOException("mcp/server.json cannot be read", e);
        }
    }

    /** @param anonymous what is there only where links are mailed for callers that nobody signed in */
    @Serdeable
    record File(String instructions, Anonymous anonymous, List<Map<String, Object>> tools) {

        @Serdeable
        record Anonymous(List<String> tools, String instructions) {}
    }
}
