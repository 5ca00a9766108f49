package dev.latchkey.api.mcp;

/** What a tool answers when nothing went wrong. */
sealed interface ToolAnswer {

    /** Facts as the tool's output schema has them. */
    record Facts(Object facts) implements ToolAnswer {}
}
