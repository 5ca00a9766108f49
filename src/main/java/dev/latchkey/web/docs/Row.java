package dev.latchkey.web.docs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A member of a body, or a parameter.
 *
 * @param name with the names around it, as in {@code proposal.bio} or {@code entries[].at}
 * @param type in words
 * @param required whether a call without it is refused, or an answer has it always
 * @param meaning what it says, and its limits
 */
record Row(String name, String type, boolean required, String meaning) {
    /** Whoever wants to know more reads the document itself. */
    private static final int DEEPEST = 3;

    /** The members of a schema, and those of what is in it. */
    static List<Row> of(Node schema) {
        List<Row> rows = new ArrayList<>();
        add(rows, "", schema, 1);
        return rows;
    }

    /** The parameters of a call. */
    static Row of(Node parameter, Node schema) {
        return new Row(
                parameter.get("name").text(),
                type(schema),
                parameter.get("required").text().equals("true"),
                meaning(parameter.get("description").text(), schema));
    }

    private static void add(List<Row> rows, String around, Node schema, int depth) {
        List<String> required = schema.get("required").texts();
        for (Map.Entry<String, Node> member : schema.get("properties").members().entrySet()) {
            String name = around + member.getKey();
            Node type = member.getValue();
            rows.add(new Row(
                    name,
                    type(type),
                    required.contains(member.getKey()),
                    meaning(type.get("description").text(), type)));
            if (depth < DEEPEST) {
                add(rows, name + ".", type, depth + 1);
                add(rows, name + "[].", type.get("items"), depth + 1);
            }
        }
    }

    private static String type(Node schema) {
        Set<String> names = new LinkedHashSet<>();
        List<String> several = schema.get("type").texts();
        names.addAll(several.isEmpty() ? List.of(schema.get("type").text()) : several);
        String format = schema.get("format").text();
        if (!format.isEmpty() && !format.startsWith("int")) {
            names = new LinkedHashSet<>(names.stream()
                    .map(name -> name.equals("string") ? format.equals("binary") ? "file" : format : name)
                    .toList());
        }
        if (names.contains("array")) {
            names = new LinkedHashSet<>(Set.of("list of " + type(schema.get("items"))));
        }
        if (schema.get("nullable").text().equals("true")) {
            names.add("null");
        }
        return String.join(" or ", names);
    }

    private static String meaning(String description, Node schema) {
        List<String> parts = new ArrayList<>();
        if (!description.isEmpty()) {
            parts.add(description.endsWith(".") ? description.substring(0, description.length() - 1) : description);
        }
        List<String> values = schema.get("enum").texts();
        if (!values.isEmpty()) {
            parts.add(String.join(", ", values));
        }
        range(parts, schema, "minLength", "maxLength", " characters");
        range(parts, schema, "minimum", "maximum", "");
        if (schema.get("pattern").isThere()) {
            parts.add("matches " + schema.get("pattern").text());
        }
        if (schema.get("default").isThere()) {
            parts.add(schema.get("default").text() + " when absent");
        }
        return String.join("; ", parts);
    }

    private static void range(List<String> parts, Node schema, String least, String most, String what) {
        String low = schema.get(least).text();
        String high = schema.get(most).text();
        if (!low.isEmpty() && !high.isEmpty()) {
            parts.add((low.equals(high) ? low : low + " to " + high) + what);
        } else if (!high.isEmpty()) {
            parts.add("at most " + high + what);
        }
    }
}
