package dev.latchkey.api.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.assistant.AssistantTexts;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.http.FieldError;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.TransientFailure;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the tools. What goes wrong inside one is a result with {@code isError} that tells the model what to do about it;
 * errors of the protocol are only for calls that no model can mend.
 */
@Singleton
final class McpTools {
    private static final Logger LOG = LoggerFactory.getLogger(McpTools.class);
    private static final String ARGUMENTS = "arguments";
    private static final JsonFields NO_ARGUMENTS = JsonFields.parse(new byte[] {'{', '}'});

    private final Map<String, McpTool> tools;
    private final McpDescription description;
    private final McpAccess access;
    private final AssistantTexts texts;
    private final JsonMapper mapper;

    McpTools(
            List<McpTool> tools,
            McpDescription description,
            McpAccess access,
            AssistantTexts texts,
            JsonMapper mapper) {
        this.tools = tools.stream().collect(Collectors.toMap(McpTool::name, Function.identity()));
        this.description = description;
        this.access = access;
        this.texts = texts;
        this.mapper = mapper;
    }

    Map<String, Object> call(McpCall call, McpCaller caller, ProtocolEra era) {
        if (!(call.param("name") instanceof String name)) {
            throw RpcError.malformedParams("name must be a string");
        }
        JsonFields arguments = call.param(ARGUMENTS) == null ? NO_ARGUMENTS : call.object(ARGUMENTS);
        if (arguments == null) {
            throw RpcError.malformedParams("arguments must be an object");
        }
        McpTool tool = description.has(name) ? tools.get(name) : null;
        if (tool == null) {
            throw RpcError.invalidParams(200, "unknown tool " + name);
        }
        access.require(caller, description.scopesOf(name));
        return call(tool, new ToolCall(arguments, call, caller, era));
    }

    private Map<String, Object> call(McpTool tool, ToolCall call) {
        try {
            return switch (tool.call(call)) {
                case ToolAnswer.Facts facts -> success(facts);
                case ToolAnswer.InputRequired form -> ask(form);
            };
        } catch (ProblemException e) {
            return failure(tool, e.problem());
        } catch (RpcError e) {
            throw e;
        } catch (OutcomeUnknown e) {
            LOG.warn("Nobody knows what became of a tool's work", e);
            return failure(tool, Problem.of(e));
        } catch (RuntimeException e) {
            if (TransientFailure.isBehind(e)) {
                LOG.warn("A tool could not work for now", e);
                return failure(tool, Problem.of(ProblemType.UNAVAILABLE, texts.text(tool.unavailable())));
            }
            LOG.error("A tool failed", e);
            throw RpcError.internal();
        }
    }

    /** The same facts twice: as structure, and as text for clients that know no other (tools, structured content). */
    private Map<String, Object> success(ToolAnswer.Facts answer) {
        List<Object> content = new ArrayList<>();
        content.add(text(json(answer.facts())));
        if (!answer.lines().isEmpty()) {
            content.add(text(String.join("\n", answer.lines())));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("content", content);
        result.put("structuredContent", answer.facts());
        result.put("isError", false);
        if (!answer.meta().isEmpty()) {
            result.put("_meta", answer.meta());
        }
        return result;
    }

    private static Map<String, Object> ask(ToolAnswer.InputRequired form) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("resultType", "input_required");
        result.put("inputRequests", form.requests());
        result.put("requestState", form.state());
        return result;
    }

    private static Map<String, Object> failure(McpTool tool, Problem problem) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("content", List.of(text(problem.detail())));
        if (tool.isForPrograms()) {
            result.put(
                    "structuredContent",
                    new Failure("/problems/" + problem.type().slug(), problem.detail(), problem.errors()));
        }
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

    /** What went wrong, in the words of RFC 9457. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Failure(String type, String detail, List<FieldError> errors) {}
}
