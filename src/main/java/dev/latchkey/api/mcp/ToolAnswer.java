package dev.latchkey.api.mcp;

import java.util.List;
import java.util.Map;

/** What a tool answers when nothing went wrong. */
sealed interface ToolAnswer {

    static Facts of(Object facts) {
        return new Facts(facts, List.of(), Map.of());
    }

    /**
     * It was done.
     *
     * @param facts as the tool's output schema has them
     * @param lines for people whose host shows them what tools answer
     * @param meta for programs, and for no model
     */
    record Facts(Object facts, List<String> lines, Map<String, Object> meta) implements ToolAnswer {}

    /**
     * The user has to be asked first (revision 2026-07-28, multi round-trip requests).
     *
     * @param requests what is asked, by names that the answers repeat
     * @param state that the client sends along with the answers
     */
    record InputRequired(Map<String, Object> requests, String state) implements ToolAnswer {}
}
