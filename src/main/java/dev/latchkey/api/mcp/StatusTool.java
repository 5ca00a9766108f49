package dev.latchkey.api.mcp;

import dev.latchkey.assistant.AssistantLinks;
import dev.latchkey.assistant.AssistantTexts;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.oauth.Grant;
import jakarta.inject.Singleton;

/** Tells how far a request has come. */
@Singleton
final class StatusTool implements McpTool {
    private final AssistantLinks links;
    private final AssistantTexts texts;

    StatusTool(AssistantLinks links, AssistantTexts texts) {
        this.links = links;
        this.texts = texts;
    }

    @Override
    public String name() {
        return "get_profile_edit_status";
    }

    @Override
    public ToolAnswer call(ToolCall call) {
        JsonFields arguments = call.arguments();
        // The first name it had; clients that keep the list of tools go on using it.
        String requestId = arguments.string(arguments.has("requestId") ? "requestId" : "request_id");
        if (requestId == null || requestId.isBlank()) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, texts.text("status.id"));
        }
        Grant grant = call.grant();
        return ToolAnswer.of(
                grant == null
                        ? links.status(requestId, UnknownUser.CONCEAL)
                        : links.status(requestId, grant.account().id()));
    }
}
