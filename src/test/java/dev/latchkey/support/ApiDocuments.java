package dev.latchkey.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.tags.Tag;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The OpenAPI documents of the APIs, against which every answer of the suite is held. */
public enum ApiDocuments {
    CHATGPT_ACTION,
    ACCOUNT_API,
    SESSION_KEY_API,
    LINK_API,
    OAUTH,
    ADMIN_API,
    DEV_INBOX;

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

    /** Fails where an operation has no tag, no summary, or no example, and where an example is not as its schema says. */
    public void checkExamples() {
        Set<String> tags = document.getTags().stream().map(Tag::getName).collect(Collectors.toSet());
        document.getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                    String what = method + " " + path;
                    assertThat(operation.getTags()).as(what).hasSize(1).isSubsetOf(tags);
                    assertThat(operation.getSummary()).as(what).isNotBlank();
                    SimpleRequest.Builder request =
                            new SimpleRequest.Builder(method.name(), filledIn(path, item, operation));
                    parameters(item, operation)
                            .filter(parameter -> parameter.getIn().equals("query"))
                            .forEach(parameter -> request.withQueryParam(
                                    parameter.getName(),
                                    example(what, parameter.getExample()).toString()));
                    if (operation.getRequestBody() != null) {
                        operation.getRequestBody().getContent().forEach((type, content) -> {
                            Object example = example(what + " " + type, of(content));
                            if (type.equals("application/json")) {
                                request.withContentType(type).withBody(Json.pretty(example));
                            }
                        });
                    }
                    request.withAuthorization("Bearer any");
                    // Of forms the validator knows too little; that the commands of /docs work is tried with the
                    // server.
                    if (operation.getRequestBody() == null
                            || operation.getRequestBody().getContent().containsKey("application/json")) {
                        assertThat(validator.validateRequest(request.build()).getMessages())
                                .as(what)
                                .isEmpty();
                    }
                    checkAnswers(what, filledIn(path, item, operation), method, operation);
                }));
    }

    private void checkAnswers(String what, String path, PathItem.HttpMethod method, Operation operation) {
        operation.getResponses().forEach((status, answer) -> {
            if (status.matches("2..") && answer.getContent() != null) {
                answer.getContent().entrySet().stream()
                        .filter(content -> content.getKey().equals("application/json"))
                        .forEach(content -> assertThat(validator
                                        .validateResponse(
                                                path,
                                                Request.Method.valueOf(method.name()),
                                                SimpleResponse.Builder.status(Integer.parseInt(status))
                                                        .withContentType(content.getKey())
                                                        .withBody(Json.pretty(
                                                                example(what + " " + status, of(content.getValue()))))
                                                        .build())
                                        .getMessages())
                                .as(what + " " + status)
                                .isEmpty());
            }
        });
    }

    private static Object example(String what, @Nullable Object example) {
        assertThat(example).as("An example for " + what).isNotNull();
        return Objects.requireNonNull(example);
    }

    /** Its own, or that of what it is made of. */
    private @Nullable Object of(MediaType content) {
        if (content.getExample() != null) {
            return content.getExample();
        }
        String reference = content.getSchema().get$ref();
        return reference == null
                ? content.getSchema().getExample()
                : document.getComponents()
                        .getSchemas()
                        .get(reference.substring(reference.lastIndexOf('/') + 1))
                        .getExample();
    }

    private static Stream<Parameter> parameters(PathItem item, Operation operation) {
        return Stream.of(item.getParameters(), operation.getParameters())
                .flatMap(parameters -> parameters == null ? Stream.empty() : parameters.stream());
    }

    private static String filledIn(String path, PathItem item, Operation operation) {
        String[] filled = {path};
        parameters(item, operation)
                .filter(parameter -> parameter.getIn().equals("path"))
                .forEach(parameter -> filled[0] = filled[0].replace(
                        "{" + parameter.getName() + "}",
                        example(path, parameter.getExample()).toString()));
        return filled[0];
    }
}
