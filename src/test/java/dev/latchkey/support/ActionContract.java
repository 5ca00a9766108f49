package dev.latchkey.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** The OpenAPI document of the action, against which every answer of the suite is held. */
public final class ActionContract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> DECLARED = Set.of(
            "type",
            "title",
            "status",
            "detail",
            "instance",
            "errors",
            "requestId",
            "matchPhrase",
            "instructions",
            "state",
            "changed",
            "proposed");

    private ActionContract() {}

    /** Fails where the answer to a call of the action is not one that the document describes. */
    public static void check(HttpResponse<String> response) {
        String path = response.request().uri().getRawPath();
        Request.Method method = Request.Method.valueOf(response.request().method());
        boolean post =
                method == Request.Method.POST && (path.equals("/api/update/init") || path.equals("/api/signup/init"));
        boolean get = method == Request.Method.GET && path.matches("/api/update/status/[^/]+");
        boolean described =
                response.headers().firstValue("Content-Type").orElse("").contains("json");
        if ((post || get) && described) {
            check(path, method, response);
        }
    }

    private static void check(String path, Request.Method method, HttpResponse<String> response) {
        var report = Lazy.VALIDATOR.validateResponse(
                path,
                method,
                SimpleResponse.Builder.status(response.statusCode())
                        .withContentType(
                                response.headers().firstValue("Content-Type").orElse(""))
                        .withBody(response.body())
                        .build());
        assertThat(report.getMessages())
                .as(path + " " + response.statusCode() + " " + response.body())
                .isEmpty();
        assertThat(names(response.body()))
                .as("every returned field is declared")
                .isSubsetOf(DECLARED);
    }

    private static Set<String> names(String body) {
        try {
            return JSON.readTree(body).properties().stream()
                    .map(Map.Entry<String, JsonNode>::getKey)
                    .collect(java.util.stream.Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Lazy {
        static final OpenApiInteractionValidator VALIDATOR = validator();

        private static OpenApiInteractionValidator validator() {
            try {
                return OpenApiInteractionValidator.createForInlineApiSpecification(
                                Files.readString(Path.of("openapi/chatgpt-action.yml")))
                        .build();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
