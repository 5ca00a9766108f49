package dev.latchkey.web.docs;

import dev.latchkey.web.docs.Call.Body;
import dev.latchkey.web.docs.Call.Parameter;
import dev.latchkey.web.docs.Call.Sent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A call as a command that people copy. */
final class Curl {
    private Curl() {}

    static String command(Sent sent, List<Parameter> parameters, @Nullable Body body) {
        List<String> parts = new ArrayList<>();
        boolean usual = sent.method().equals(body == null ? "GET" : "POST");
        parts.add("curl -s " + (usual ? "" : "-X " + sent.method() + " ") + quoted(address(sent, parameters)));
        if (!sent.key().isEmpty()) {
            parts.add("-H \"Authorization: Bearer $" + sent.key() + "\"");
        }
        if (body != null) {
            parts.addAll(content(sent, body));
        }
        return String.join(" \\\n  ", parts);
    }

    private static List<String> content(Sent sent, Body body) {
        Map<String, Node> members = Node.parse(body.example()).members();
        return switch (body.type()) {
            case "multipart/form-data" ->
                members.entrySet().stream()
                        .map(member -> "-F " + quoted(member.getKey() + "=" + file(body, member)))
                        .toList();
            case "application/x-www-form-urlencoded" ->
                members.entrySet().stream()
                        .map(member -> "--data-urlencode "
                                + quoted(member.getKey() + "="
                                        + member.getValue().text()))
                        .toList();
            default -> {
                List<String> parts = new ArrayList<>(List.of("-H 'Content-Type: application/json'"));
                if (sent.path().equals("/mcp")) {
                    parts.add("-H 'Accept: application/json, text/event-stream'");
                }
                parts.add("-d " + quoted(Json.line(Node.parse(body.example()).value())));
                yield parts;
            }
        };
    }

    private static String file(Body body, Map.Entry<String, Node> member) {
        boolean file = body.rows().stream()
                .anyMatch(
                        row -> row.name().equals(member.getKey()) && row.type().equals("file"));
        return (file ? "@" : "") + member.getValue().text();
    }

    private static String address(Sent sent, List<Parameter> parameters) {
        String path = sent.path();
        for (Parameter parameter : parameters) {
            path = path.replace("{" + parameter.name() + "}", parameter.example());
        }
        String query = parameters.stream()
                .filter(parameter -> !parameter.inPath())
                .map(parameter ->
                        parameter.name() + "=" + URLEncoder.encode(parameter.example(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return sent.origin() + path + (query.isEmpty() ? "" : "?" + query);
    }

    /** For a shell. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
