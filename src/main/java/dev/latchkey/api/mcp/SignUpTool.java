package dev.latchkey.api.mcp;

import dev.latchkey.assistant.AssistantSignUps;
import dev.latchkey.magiclink.Caller;
import jakarta.inject.Singleton;

/** Makes an account for somebody who agreed to the terms. */
@Singleton
final class SignUpTool implements McpTool {
    private final AssistantSignUps signUps;

    SignUpTool(AssistantSignUps signUps) {
        this.signUps = signUps;
    }

    @Override
    public String name() {
        return "request_sign_up";
    }

    @Override
    public ToolAnswer call(ToolCall call) {
        return ToolAnswer.of(signUps.signUp(call.arguments(), Caller.mcp(call.address())));
    }
}
