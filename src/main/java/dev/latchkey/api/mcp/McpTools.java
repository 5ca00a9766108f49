package dev.latchkey.api.mcp;

import dev.latchkey.assistant.AssistantLinks;
import dev.latchkey.assistant.AssistantTexts;
import dev.latchkey.assistant.Drafts;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.TransientFailure;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Caller;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two tools. What goes wrong inside one is a result with {@code isError} that tells the model what to do about it;
 * errors of the protocol are only for calls that no model can mend.
 */
@Singleton
final class McpTools {
    private static final Logger LOG = LoggerFactory.getLogger(McpTools.class);
    private static final String ARGUMENTS = "arguments";
    private static final JsonFields NO_ARGUMENTS = JsonFields.parse(new byte[] {'{', '}'});

    private final AssistantLinks links;
    private final Drafts drafts;
    private final AssistantTexts texts;
    private final JsonMapper mapper;

    McpTools(AssistantLinks links, Drafts drafts, AssistantTexts texts, JsonMapper mapper) {
        this.links = links;
        this.drafts = drafts;
        this.texts = texts;
        this.mapper = mapper;
    }

    Map<String, Object> call(McpCall call, CallerAddress caller) {
        if (!(call.param("name") instanceof String name)) {
            throw RpcError.malformedParams("name must be a string");
        }
        JsonFields arguments = call.param(ARGUMENTS) == null ? NO_ARGUMENTS : call.object(ARGUMENTS);
        if (arguments == null) {
            throw RpcError.malformedParams("arguments must be an object");
        }
        try {
            return switch (name) {
                case "request_profile_edit_link" -> request(arguments, caller);
                case "get_profile_edit_status" -> status(arguments);
                default -> throw RpcError.invalidParams(200, "unknown tool " + name);
            };
        } catch (ProblemException e) {
            return failure(e.problem().detail());
        } catch (RpcError e) {
            throw e;
        } catch (OutcomeUnknown e) {
            LOG.warn("Nobody knows what became of a tool's work", e);
            return failure(Problem.of(e).detail());
        } catch (RuntimeException e) {
            if (TransientFailure.isBehind(e)) {
                LOG.warn("A tool could not work for now", e);
                return failure(texts.text("init.unavailable"));
            }
            LOG.error("A tool failed", e);
            throw RpcError.internal();
        }
    }

    private Map<String, Object> request(JsonFields arguments, CallerAddress caller) {
        return success(links.request(
                arguments.string("email"),
                arguments.digits("profile_number"),
                "profile_number",
                Caller.mcp(caller),
                UnknownUser.CONCEAL,
                drafts.fields(arguments)));
    }

    private Map<String, Object> status(JsonFields arguments) {
        // The first name it had; clients that keep the list of tools go on using it.
        String requestId = arguments.string(arguments.has("requestId") ? "requestId" : "request_id");
        if (requestId == null || requestId.isBlank()) {
            return failure(texts.text("status.id"));
        }
        return success(links.status(requestId, UnknownUser.CONCEAL));
    }

    /** The same facts twice: as structure, and as text for clients that know no other (tools, structured content). */
    private Map<String, Object> success(Object facts) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("content", List.of(text(json(facts))));
        result.put("structuredContent", facts);
        result.put("isError", false);
        return result;
    }

    private static Map<String, Object> failure(String sentence) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("content", List.of(text(sentence)));
        result.put("isError", true);
        return result;
    }

    private static Map<String, Object> text(String text) {
        return Map.of("type", "text", "text", text);
    }

    private String json(Object facts) {
        try {
            return mapper.writeValueAsString(facts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
