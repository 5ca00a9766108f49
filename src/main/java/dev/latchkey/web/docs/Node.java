package dev.latchkey.web.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A place in a YAML or JSON document, where references lead on by themselves.
 *
 * @param value a map, a list or a scalar; null where there is nothing
 */
record Node(Map<?, ?> root, @Nullable Object value) {
    private static final String REFERENCE = "$ref";

    static Node parse(String document) {
        Map<?, ?> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(document);
        return new Node(root, root);
    }

    /** Nothing where there is no such member, or where this is no map. */
    Node get(String key) {
        return new Node(root, value instanceof Map<?, ?> map ? resolved(map.get(key)) : null);
    }

    boolean isThere() {
        return value != null;
    }

    /** Empty where there is nothing. */
    String text() {
        return value == null ? "" : String.valueOf(value).strip();
    }

    List<Node> items() {
        return value instanceof List<?> list
                ? list.stream().map(item -> new Node(root, resolved(item))).toList()
                : List.of();
    }

    /** Empty where this is no list. */
    List<String> texts() {
        return items().stream().map(Node::text).toList();
    }

    /** In the order of the document; empty where this is no map. */
    Map<String, Node> members() {
        Map<String, Node> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> members.put(String.valueOf(key), new Node(root, resolved(member))));
        }
        return members;
    }

    private @Nullable Object resolved(@Nullable Object member) {
        @Nullable Object found = member;
        while (found instanceof Map<?, ?> map && map.get(REFERENCE) instanceof String reference) {
            found = root;
            for (String step : reference.substring("#/".length()).split("/", -1)) {
                found = found instanceof Map<?, ?> part ? part.get(step) : null;
            }
        }
        return found;
    }
}
