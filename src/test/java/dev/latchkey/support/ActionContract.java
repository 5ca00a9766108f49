package dev.latchkey.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** The OpenAPI document of the action, against which every answer of the suite is held. */
final class ActionContract {
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
    static void check(Answer answer) {
        HttpRequest request = answer.response().request();
        String path = request.uri().getRawPath();
        Request.Method method = Request.Method.valueOf(request.method());
        boolean post =
                method == Request.Method.POST && (path.equals("/api/update/init") || path.equals("/api/signup/init"));
        boolean get = method == Request.Method.GET && path.matches("/api/update/status/[^/]+");
        if ((post || get) && !answer.json().isMissingNode()) {
            check(path, method, answer);
        }
    }

    private static void check(String path, Request.Method method, Answer answer) {
        var report = Lazy.VALIDATOR.validateResponse(
                path,
                method,
                SimpleResponse.Builder.status(answer.status())
                        .withContentType(answer.header("Content-Type"))
                        .withBody(answer.text())
                        .build());
        assertThat(report.getMessages())
                .as(path + " " + answer.status() + " " + answer.text())
                .isEmpty();
        assertThat(answer.json().properties().stream().map(Map.Entry::getKey))
                .as("every returned field is declared")
                .isSubsetOf(DECLARED);
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
