package dev.latchkey.api.mcp;

import java.util.List;
import java.util.Map;

/**
 * What a tool answers when nothing went wrong.
 *
 * @param facts as the tool's output schema has them
 * @param lines for people whose host shows them what tools answer
 * @param meta for programs, and for no model
 */
record ToolAnswer(Object facts, List<String> lines, Map<String, Object> meta) {

    static ToolAnswer of(Object facts) {
        return new ToolAnswer(facts, List.of(), Map.of());
    }
}
