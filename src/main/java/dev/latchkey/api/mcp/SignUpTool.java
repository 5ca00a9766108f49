package dev.latchkey.api.mcp;

import dev.latchkey.assistant.AssistantSignUps;
import dev.latchkey.http.JsonFields;
import dev.latchkey.magiclink.Caller;
import jakarta.inject.Singleton;

/** Makes an account for somebody who agreed to the terms. */
@Singleton
final class SignUpTool implements McpTool {
    private final AssistantSignUps signUps;
    private final AddressForm form;

    SignUpTool(AssistantSignUps signUps, AddressForm form) {
        this.signUps = signUps;
        this.form = form;
    }

    @Override
    public String name() {
        return "request_sign_up";
    }

    @Override
    public ToolAnswer call(ToolCall call) {
        JsonFields arguments = call.arguments();
        String email = arguments.string("email");
        if (email == null || email.isBlank()) {
            // Who did not agree is asked nothing else.
            signUps.requireConsent(arguments);
            switch (form.ask(call)) {
                case AddressForm.Outcome.Given given -> email = given.email();
                case AddressForm.Outcome.Asked asked -> {
                    return asked.form();
                }
                case AddressForm.Outcome.NoForms none -> {
                    // The model is told to ask.
                }
            }
        }
        return ToolAnswer.of(signUps.signUp(email, arguments, Caller.mcp(call.address())));
    }
}
