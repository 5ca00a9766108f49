package dev.latchkey.api.mcp;

import dev.latchkey.text.Resources;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What there is to read: the card of a draft alone (MCP Apps, revision 2026-01-26). */
@Singleton
final class McpResources {
    static final String CARD = "ui://latchkey/draft";
    static final String TYPE = "text/html;profile=mcp-app";

    /** It loads nothing, and so may load nothing. */
    private static final Map<String, Object> META = Map.of(
            "ui",
            Map.of(
                    "csp",
                    Map.of(
                            "connectDomains", List.of(),
                            "resourceDomains", List.of(),
                            "frameDomains", List.of(),
                            "baseUriDomains", List.of()),
                    "prefersBorder",
                    true));

    private final String card = Resources.text("mcp/card.html");

    Map<String, Object> list() {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("uri", CARD);
        described.put("name", "draft");
        described.put("title", "The draft of a change of the profile");
        described.put("description", "Shows a draft beside what is stored, and saves it by the user's own click.");
        described.put("mimeType", TYPE);
        described.put("_meta", META);
        return Map.of("resources", List.of(described));
    }

    Map<String, Object> templates() {
        return Map.of("resourceTemplates", List.of());
    }

    Map<String, Object> read(McpCall call) {
        if (!(call.param("uri") instanceof String uri)) {
            throw RpcError.malformedParams("uri must be a string");
        }
        if (!uri.equals(CARD)) {
            throw RpcError.unknownResource(uri);
        }
        return Map.of("contents", List.of(Map.of("uri", CARD, "mimeType", TYPE, "text", card, "_meta", META)));
    }
}
