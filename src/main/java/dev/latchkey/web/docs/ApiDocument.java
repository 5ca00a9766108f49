package dev.latchkey.web.docs;

import dev.latchkey.web.docs.Call.Body;
import dev.latchkey.web.docs.Call.Parameter;
import dev.latchkey.web.docs.Call.Refusal;
import dev.latchkey.web.docs.Call.Sent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An OpenAPI document as a page shows it.
 *
 * @param description what is true of all its calls
 * @param groups by their tags, in the order in which the document names those
 */
record ApiDocument(String description, List<Group> groups) {
    private static final List<String> METHODS = List.of("get", "post", "put", "delete");

    /** Calls with one tag. */
    record Group(String name, String description, List<Call> calls) {}

    /** Reads it for a server. */
    static ApiDocument parse(String yaml, String origin) {
        Node document = Node.parse(yaml);
        List<Call> calls = document.get("paths").members().entrySet().stream()
                .flatMap(path -> callsOf(document, path, origin))
                .toList();
        Map<String, Group> groups = new LinkedHashMap<>();
        for (Node tag : document.get("tags").items()) {
            String name = tag.get("name").text();
            groups.put(
                    name,
                    new Group(
                            name,
                            tag.get("description").text(),
                            calls.stream()
                                    .filter(call -> call.group().equals(name))
                                    .toList()));
        }
        return new ApiDocument(document.get("info").get("description").text(), List.copyOf(groups.values()));
    }

    /** By its id. */
    Call call(String id) {
        return groups.stream()
                .flatMap(group -> group.calls().stream())
                .filter(call -> call.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Call> callsOf(Node document, Map.Entry<String, Node> path, String origin) {
        return METHODS.stream().flatMap(method -> {
            Node operation = path.getValue().get(method);
            return operation.isThere()
                    ? Stream.of(call(document, path, method.toUpperCase(Locale.ROOT), operation, origin))
                    : Stream.empty();
        });
    }

    private static Call call(
            Node document, Map.Entry<String, Node> path, String method, Node operation, String origin) {
        Map<Boolean, List<Map.Entry<String, Node>>> answers = operation.get("responses").members().entrySet().stream()
                .collect(Collectors.partitioningBy(answer -> answer.getKey().matches("[23]..")));
        return new Call(
                operation.get("operationId").text(),
                operation.get("tags").texts().stream().findFirst().orElse(""),
                method + " " + path.getKey(),
                operation.get("summary").text(),
                operation.get("description").text(),
                new Sent(origin, method, path.getKey(), key(document, operation)),
                Stream.of(path.getValue(), operation)
                        .flatMap(part -> part.get("parameters").items().stream())
                        .map(ApiDocument::parameter)
                        .toList(),
                bodies("", operation.get("requestBody")),
                answers.getOrDefault(true, List.of()).stream()
                        .flatMap(answer -> bodies(answer.getKey(), answer.getValue()).stream())
                        .toList(),
                answers.getOrDefault(false, List.of()).stream()
                        .map(answer -> new Refusal(
                                answer.getKey(),
                                answer.getValue().get("description").text()))
                        .toList());
    }

    private static String key(Node document, Node operation) {
        Node security = operation.get("security").isThere() ? operation.get("security") : document.get("security");
        return security.items().stream()
                .flatMap(way -> way.members().keySet().stream())
                .findFirst()
                .map(scheme -> scheme.equals("actionKey") ? "ACTION_KEY" : "ACCESS_TOKEN")
                .orElse("");
    }

    private static Parameter parameter(Node parameter) {
        return new Parameter(
                Row.of(parameter, parameter.get("schema")),
                parameter.get("in").text().equals("path"),
                parameter.get("example").text());
    }

    private static List<Body> bodies(String status, Node described) {
        String description = described.get("description").text();
        List<Body> bodies = new ArrayList<>();
        described.get("content").members().forEach((type, content) -> {
            Node schema = content.get("schema");
            Node example = content.get("example").isThere() ? content.get("example") : schema.get("example");
            bodies.add(new Body(
                    status, description, type, Row.of(schema), example.isThere() ? Json.pretty(example.value()) : ""));
        });
        return bodies.isEmpty() && !status.isEmpty()
                ? List.of(new Body(status, description, "", List.of(), ""))
                : bodies;
    }
}
