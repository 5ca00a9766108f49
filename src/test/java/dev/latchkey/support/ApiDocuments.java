package dev.latchkey.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The OpenAPI documents of the APIs, against which every answer of the suite is held. */
public enum ApiDocuments {
    CHATGPT_ACTION,
    ACCOUNT_API,
    SESSION_KEY_API;

    /** What may be wrong with any call; a document says it once. */
    private static final Set<Integer> ANYWHERE = Set.of(400, 406, 413, 415, 503, 504);

    private final OpenAPI document;
    private final OpenApiInteractionValidator validator;

    ApiDocuments() {
        String text = read();
        document = new OpenAPIV3Parser().readContents(text).getOpenAPI();
        validator = OpenApiInteractionValidator.createForInlineApiSpecification(text)
                .build();
    }

    private String read() {
        try {
            return Files.readString(Path.of("openapi", name().toLowerCase().replace('_', '-') + ".yml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All calls of the document, as {@code GET /version}. */
    public Set<String> calls() {
        return document.getPaths().entrySet().stream()
                .flatMap(path -> path.getValue().readOperationsMap().keySet().stream()
                        .map(method -> method + " " + path.getKey()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Fails where an answer is to a call that a document has, and is not one that the document describes: by its status,
     * its type, its schema, or by a member that is not declared.
     */
    static void check(Answer answer) {
        String path = answer.response().request().uri().getRawPath();
        String method = answer.response().request().method();
        for (ApiDocuments api : values()) {
            api.operation(method, path).ifPresent(operation -> api.check(path, method, operation, answer));
        }
    }

    private Optional<Operation> operation(String method, String path) {
        return document.getPaths().entrySet().stream()
                .filter(entry -> path.matches(entry.getKey().replaceAll("\\{\\w+}", "[^/]+")))
                .flatMap(entry -> entry.getValue().readOperationsMap().entrySet().stream())
                .filter(entry -> entry.getKey().name().equals(method))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private void check(String path, String method, Operation operation, Answer answer) {
        if (answer.problem().equals("not-found")) {
            return; // The whole API is switched off.
        }
        String what = method + " " + path + " " + answer.status() + " " + answer.text();
        ApiResponse described = operation.getResponses().get(String.valueOf(answer.status()));
        if (described == null && ANYWHERE.contains(answer.status())) {
            described = operation.getResponses().get("default");
        }
        assertThat(described).as("The document names this status: " + what).isNotNull();
        if (answer.json().isMissingNode()) {
            return;
        }
        var report = validator.validateResponse(
                path,
                Request.Method.valueOf(method),
                SimpleResponse.Builder.status(answer.status())
                        .withContentType(answer.header("Content-Type"))
                        .withBody(answer.text())
                        .build());
        assertThat(report.getMessages()).as(what).isEmpty();
    }
}
