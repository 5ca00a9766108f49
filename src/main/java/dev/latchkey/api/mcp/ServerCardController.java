package dev.latchkey.api.mcp;

import dev.latchkey.config.BaseUrl;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells clients and directories what {@code /mcp} is before they connect (MCP Server Cards, SEP-2127, schema v2). The same
 * card is where crawlers look for it and where the draft reserves a place.
 */
@Controller
@Produces(MediaType.ALL)
final class ServerCardController {
    private static final String SCHEMA = "https://static.modelcontextprotocol.io/schemas/v2/server-card.schema.json";
    private static final String DESCRIPTION =
            "See your own profile, propose changes, and save them yourself, in the chat or by a mailed link.";

    private final McpDescription description;
    private final BaseUrl baseUrl;
    private final JsonMapper mapper;

    ServerCardController(McpDescription description, BaseUrl baseUrl, JsonMapper mapper) {
        this.description = description;
        this.baseUrl = baseUrl;
        this.mapper = mapper;
    }

    @Get("/.well-known/mcp/server-card.json")
    HttpResponse<?> wellKnown() {
        return show(MediaType.APPLICATION_JSON);
    }

    @Get("/mcp/server-card")
    HttpResponse<?> reserved() {
        return show("application/mcp-server-card+json");
    }

    private MutableHttpResponse<?> show(String type) {
        return HttpResponse.ok(json(card()))
                .contentType(type)
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600");
    }

    private byte[] json(Map<String, Object> card) {
        try {
            return mapper.writeValueAsBytes(card);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> card() {
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("$schema", SCHEMA);
        card.put("name", reversed(baseUrl.uri()) + "/latchkey");
        card.put("description", DESCRIPTION);
        for (String member : List.of("title", "version", "websiteUrl", "icons")) {
            Object value = description.self().get(member);
            if (value != null) {
                card.put(member, value);
            }
        }
        card.put(
                "remotes",
                List.of(Map.of(
                        "type",
                        "streamable-http",
                        "url",
                        baseUrl.resolve("/mcp"),
                        "supportedProtocolVersions",
                        ProtocolEra.allVersions())));
        return card;
    }

    /** The host in reverse, as names of servers begin: {@code com.example.id}. */
    private static String reversed(URI origin) {
        List<String> labels = new ArrayList<>(
                Arrays.asList(origin.getHost().replaceAll("[^a-zA-Z0-9.-]", "").split("\\.", -1)));
        Collections.reverse(labels);
        return String.join(".", labels);
    }
}
