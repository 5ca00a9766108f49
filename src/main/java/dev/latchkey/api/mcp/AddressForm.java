package dev.latchkey.api.mcp;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.assistant.AssistantTexts;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/**
 * Asks the user themselves for the address that a call lacks, where the client can show them a form (revision 2026-07-28,
 * elicitation). Never a condition: whoever cannot is told to ask in the chat.
 */
@Singleton
final class AddressForm {
    private static final String EMAIL = "email";

    private final RequestStates states;
    private final AssistantTexts texts;

    AddressForm(RequestStates states, AssistantTexts texts) {
        this.states = states;
        this.texts = texts;
    }

    /**
     * What the user answered, or the form that asks them.
     *
     * @throws ProblemException when they do not want to say
     */
    Outcome ask(ToolCall call) {
        McpCall message = call.message();
        if (call.era() != ProtocolEra.MODERN || !message.hasForms()) {
            return new Outcome.NoForms();
        }
        Object state = message.param("requestState");
        if (state == null) {
            return form(call, "form.email");
        }
        if (!(state instanceof String text)) {
            throw RpcError.malformedParams("requestState must be a string");
        }
        states.check(text, call);
        JsonFields answers = message.object("inputResponses");
        JsonFields answer = answers == null ? null : answers.objectOrNull(EMAIL);
        if (answer == null) {
            return form(call, "form.email");
        }
        return switch (String.valueOf(answer.value("action"))) {
            case "accept" -> accepted(call, text, answer);
            case "decline" -> throw unsaid("form.declined");
            case "cancel" -> throw unsaid("form.cancelled");
            // Not answered: the form once more.
            default -> form(call, "form.email");
        };
    }

    private Outcome accepted(ToolCall call, String state, JsonFields answer) {
        JsonFields content = answer.objectOrNull("content");
        if (content == null
                || !(content.value(EMAIL) instanceof String typed)
                || EmailAddress.parse(typed).isEmpty()) {
            return form(call, "form.email.again");
        }
        states.spend(state);
        return new Outcome.Given(typed);
    }

    private ProblemException unsaid(String key) {
        return new ProblemException(ProblemType.INVALID_REQUEST, texts.text(key));
    }

    private Outcome form(ToolCall call, String key) {
        Map<String, Object> field =
                Map.of("type", "string", "format", "email", "title", texts.text("form.email.title"), "maxLength", 254);
        Map<String, Object> params = Map.of(
                "mode", "form",
                "message", texts.text(key),
                "requestedSchema",
                        Map.of("type", "object", "properties", Map.of(EMAIL, field), "required", List.of(EMAIL)));
        return new Outcome.Asked(new ToolAnswer.InputRequired(
                Map.of(EMAIL, Map.of("method", "elicitation/create", "params", params)), states.of(call)));
    }

    /** What asking led to. */
    sealed interface Outcome {

        /** An address that can be used. */
        record Given(String email) implements Outcome {}

        /** The user is to be asked. */
        record Asked(ToolAnswer form) implements Outcome {}

        /** This client has no forms. */
        record NoForms() implements Outcome {}
    }
}
