package dev.latchkey.api.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with a call, in the words of JSON-RPC 2.0 and of the protocol's own reserved codes. */
final class RpcError extends RuntimeException {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final int httpStatus;
    private final @Nullable String challenge;
    private final transient Body body;

    private RpcError(
            int httpStatus, int code, String message, @Nullable Map<String, Object> data, @Nullable String challenge) {
        super(message, null, false, false);
        this.httpStatus = httpStatus;
        this.challenge = challenge;
        this.body = new Body(code, message, data);
    }

    private RpcError(int httpStatus, int code, String message, @Nullable Map<String, Object> data) {
        this(httpStatus, code, message, data, null);
    }

    private RpcError(int httpStatus, int code, String message) {
        this(httpStatus, code, message, null);
    }

    static RpcError parse() {
        return new RpcError(BAD_REQUEST, -32700, "Parse error: the body must be one JSON object");
    }

    static RpcError invalidRequest(int httpStatus, String message) {
        return new RpcError(httpStatus, -32600, "Invalid request: " + message);
    }

    static RpcError invalidRequest(String message) {
        return invalidRequest(BAD_REQUEST, message);
    }

    /** The modern transport wants 404 for it; older clients would take that for a server without the endpoint. */
    static RpcError unknownMethod(ProtocolEra era, String method) {
        return new RpcError(era == ProtocolEra.MODERN ? NOT_FOUND : OK, -32601, "Method not found: " + method);
    }

    static RpcError invalidParams(int httpStatus, String message) {
        return new RpcError(httpStatus, -32602, "Invalid params: " + message);
    }

    static RpcError unknownResource(String uri) {
        return new RpcError(OK, -32602, "Invalid params: Resource not found: " + uri, Map.of("uri", uri));
    }

    static RpcError malformedParams(String message) {
        return invalidParams(BAD_REQUEST, message);
    }

    static RpcError internal() {
        return new RpcError(OK, -32603, "Internal error");
    }

    static RpcError headerMismatch(String message) {
        return new RpcError(BAD_REQUEST, -32020, "Header mismatch: " + message);
    }

    static RpcError unsupportedVersion(String requested) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("supported", ProtocolEra.allVersions());
        data.put("requested", requested);
        return new RpcError(BAD_REQUEST, -32022, "Unsupported protocol version", data);
    }

    /**
     * Nobody is signed in, or by a token that is dead. The code is our own, as those of the protocol are for it alone.
     *
     * @param challenge of the header {@code WWW-Authenticate}
     */
    static RpcError unauthorized(String challenge, String message) {
        return challenged(UNAUTHORIZED, challenge, message);
    }

    /** Somebody is signed in, but not for this. */
    static RpcError forbidden(String challenge, String message) {
        return challenged(FORBIDDEN, challenge, message);
    }

    /** Some hosts never see the headers of an answer; they look for the challenge in its {@code _meta}. */
    private static RpcError challenged(int status, String challenge, String message) {
        String described = (challenge.contains("error=") ? challenge : challenge + ", error=\"invalid_token\"")
                + ", error_description=\"" + message.replace('"', '\'') + "\"";
        Map<String, Object> meta = Map.of("mcp/www_authenticate", List.of(described));
        return new RpcError(status, status, message, Map.of("_meta", meta), challenge);
    }

    /** Of a batch in which another message is refused: what acts is not called, or it would act twice. */
    static RpcError notCalled() {
        return new RpcError(OK, CONFLICT, "Not called, as another message of the batch was refused");
    }

    /** What {@code WWW-Authenticate} says; absent where nothing would be gained by signing in. */
    @Nullable
    String challenge() {
        return challenge;
    }

    /** The transport's status for it. */
    int httpStatus() {
        return httpStatus;
    }

    Body body() {
        return body;
    }

    /**
     * The error object of a response.
     *
     * @param data more about it, for programs
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(int code, String message, @Nullable Map<String, Object> data) {}
}
