package dev.latchkey.api.mcp;

import dev.latchkey.http.ProblemException;

/** Something that an assistant can do here; {@code mcp/server.json} describes it under the same name. */
interface McpTool {
    String name();

    /**
     * Does it, for somebody who may have it done.
     *
     * @throws ProblemException when it cannot be done; its sentence tells the model what to do about it
     */
    ToolAnswer call(ToolCall call);

    /** Key of the text that says that it cannot be done for now, and so was not. */
    default String unavailable() {
        return "init.unavailable";
    }

    /** Whether a program reads what went wrong, which then needs more than a sentence. */
    default boolean isForPrograms() {
        return false;
    }
}
