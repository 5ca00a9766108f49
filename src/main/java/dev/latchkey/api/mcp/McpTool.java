package dev.latchkey.api.mcp;

import dev.latchkey.http.ProblemException;

/** Something that an assistant can do here; {@code mcp/server.json} describes it under the same name. */
interface McpTool {
    String name();

    /**
     * Does it.
     *
     * @throws ProblemException when it cannot be done; its sentence tells the model what to do about it
     */
    ToolAnswer call(ToolCall call);
}
