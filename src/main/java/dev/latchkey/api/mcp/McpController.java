package dev.latchkey.api.mcp;

import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.http.Forms;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import io.micronaut.core.util.ArrayUtils;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Streamable HTTP without sessions and streams: one message in, one out, as JSON or as a stream of one event; batches
 * where the version has them. Other methods than POST are answered with 405 by the framework.
 */
@Controller(value = "/mcp", consumes = MediaType.ALL, produces = MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class McpController {
    private final Forms forms;
    private final McpAccess access;
    private final McpServer server;
    private final BaseUrl baseUrl;
    private final LatchkeySettings settings;
    private final JsonMapper mapper;

    McpController(
            Forms forms,
            McpAccess access,
            McpServer server,
            BaseUrl baseUrl,
            LatchkeySettings settings,
            JsonMapper mapper) {
        this.forms = forms;
        this.access = access;
        this.server = server;
        this.baseUrl = baseUrl;
        this.settings = settings;
        this.mapper = mapper;
    }

    @Post
    HttpResponse<?> post(HttpRequest<?> request) {
        if (!isOurs(request.getHeaders().getAll(HttpHeaders.ORIGIN))) {
            return refuse(403, "this origin may not call");
        }
        Form form = Form.of(request);
        return form == Form.NONE
                ? refuse(406, "Accept must allow application/json or text/event-stream")
                : write(answer(request), form);
    }

    private HttpResponse<?> refuse(int status, String why) {
        return write(McpAnswer.error(null, RpcError.invalidRequest(status, why)), Form.JSON);
    }

    /** Pages of other origins must not reach a server on their reader's own machine (DNS rebinding). */
    private boolean isOurs(List<String> origins) {
        return origins.stream()
                .allMatch(origin -> origin.equals(baseUrl.origin())
                        || settings.allowedOrigins().contains(origin));
    }

    private McpAnswer answer(HttpRequest<?> request) {
        try {
            McpCaller caller = access.callerOf(request);
            byte[] body = forms.jsonBytes(request);
            return isBatch(body)
                    ? server.answerAll(JsonFields.parseAll(body, JsonFields.MOST_BYTES), request.getHeaders(), caller)
                    : server.answer(JsonFields.parse(body), request.getHeaders(), caller);
        } catch (ProblemException e) {
            ProblemType type = e.problem().type();
            return McpAnswer.error(
                    null,
                    type == ProblemType.INVALID_REQUEST
                            ? RpcError.parse()
                            : RpcError.invalidRequest(type.status(), e.problem().detail()));
        }
    }

    private static boolean isBatch(byte[] body) {
        int start = 0;
        while (start < body.length && Character.isWhitespace(body[start])) {
            start++;
        }
        return start < body.length && body[start] == '[';
    }

    private MutableHttpResponse<?> write(McpAnswer answer, Form form) {
        MutableHttpResponse<byte[]> response =
                HttpResponse.status(HttpStatus.valueOf(answer.httpStatus())).body((byte[]) null);
        String challenge = answer.challenge();
        if (challenge != null) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, challenge);
        }
        Object message = answer.message();
        if (message == null) {
            return response;
        }
        return response.body(form.bytes(json(message)))
                .contentType(form.type)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Accel-Buffering", "no");
    }

    private byte[] json(Object message) {
        try {
            return mapper.writeValueAsBytes(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How the answer is written. */
    private enum Form {
        JSON(MediaType.APPLICATION_JSON),
        EVENT(MediaType.TEXT_EVENT_STREAM),
        NONE(MediaType.ALL);

        private static final byte[] DATA = "event: message\ndata: ".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] END = {'\n', '\n'};

        private final String type;

        Form(String type) {
            this.type = type;
        }

        /** JSON wherever it is welcome: clients must take both, and it is the simpler one. */
        static Form of(HttpRequest<?> request) {
            String accept = String.join(",", request.getHeaders().getAll(HttpHeaders.ACCEPT))
                    .toLowerCase(Locale.ROOT);
            if (accept.isBlank()
                    || accept.contains("application/json")
                    || accept.contains("*/*")
                    || accept.contains("application/*")) {
                return JSON;
            }
            return accept.contains("text/event-stream") || accept.contains("text/*") ? EVENT : NONE;
        }

        /** JSON has no raw line breaks here, so one data line carries it. */
        byte[] bytes(byte[] json) {
            return this == JSON ? json : ArrayUtils.concat(ArrayUtils.concat(DATA, json), END);
        }
    }
}
