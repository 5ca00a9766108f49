package dev.latchkey.web.docs;

import dev.latchkey.text.Resources;
import dev.latchkey.web.docs.ApiDocument.Group;
import dev.latchkey.web.docs.Call.Body;
import dev.latchkey.web.docs.Call.Sent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The tools of {@code /mcp} in the shape of a document: what the server tells hosts, and an example of each. */
final class McpTools {
    private static final String JSON = "application/json";

    private McpTools() {}

    static ApiDocument read(String origin) {
        Node examples = Node.parse(Resources.text("docs/mcp-examples.yml"));
        List<Node> tools = Node.parse(Resources.text("mcp/server.json")).get("tools").items().stream()
                .filter(McpTools::isForModels)
                .toList();
        return new ApiDocument(
                examples.get("description").text(),
                List.of(
                        group(examples, "anonymous", tools.stream().filter(tool -> !isSignedIn(tool)), origin),
                        group(examples, "signedIn", tools.stream().filter(McpTools::isSignedIn), origin)));
    }

    private static Group group(Node examples, String name, Stream<Node> tools, String origin) {
        Node group = examples.get(name);
        String title = group.get("name").text();
        return new Group(
                title,
                group.get("description").text(),
                tools.map(tool -> call(
                                tool,
                                title,
                                examples.get("tools").get(tool.get("name").text()),
                                origin))
                        .toList());
    }

    private static Call call(Node tool, String group, Node example, String origin) {
        String name = tool.get("name").text();
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", "2.0");
        message.put("id", 1);
        message.put("method", "tools/call");
        message.put("params", params(name, example));
        return new Call(
                name,
                group,
                name,
                tool.get("title").text(),
                tool.get("description").text(),
                new Sent(origin, "POST", "/mcp", isSignedIn(tool) ? "ACCESS_TOKEN" : ""),
                List.of(),
                List.of(new Body("", "", JSON, Row.of(tool.get("inputSchema")), Json.pretty(message))),
                List.of(new Body(
                        "structuredContent",
                        "",
                        JSON,
                        Row.of(tool.get("outputSchema")),
                        Json.pretty(example.get("gives").value()))),
                List.of());
    }

    private static Map<String, Object> params(String name, Node example) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("name", name);
        params.put("arguments", Objects.requireNonNullElse(example.get("takes").value(), Map.of()));
        return params;
    }

    /** What the card calls is for the card alone. */
    private static boolean isForModels(Node tool) {
        List<String> visible = tool.get("_meta").get("ui").get("visibility").texts();
        return visible.isEmpty() || visible.contains("model");
    }

    private static boolean isSignedIn(Node tool) {
        return tool.get("securitySchemes").items().stream()
                .anyMatch(scheme -> scheme.get("type").text().equals("oauth2"));
    }
}
