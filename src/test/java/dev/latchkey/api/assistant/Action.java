package dev.latchkey.api.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** An assistant that holds every answer against the action's OpenAPI document. */
final class Action {
    static final String KEY = "test-action-key-0123456789";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final OpenApiInteractionValidator VALIDATOR = validator();
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

    private final EmbeddedServer server;

    Action(EmbeddedServer server) {
        this.server = server;
    }

    /** An answer; its body is a flat object of strings, numbers and lists. */
    record Answer(int status, Map<?, ?> body, HttpResponse<String> response) {
        String text(String member) {
            return String.valueOf(body.get(member));
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Answer init(String json, String... headers) {
        return call(
                "/api/update/init",
                Request.Method.POST,
                request("/api/update/init", headers)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    Answer status(String requestId, String... headers) {
        String path = "/api/update/status/" + requestId;
        return call(path, Request.Method.GET, request(path, headers).GET());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.getURI().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Set.of(headers).contains("Authorization") ? request : request.header("Authorization", "Bearer " + KEY);
    }

    private static Answer call(String path, Request.Method method, HttpRequest.Builder request) {
        HttpResponse<String> response = send(request.build());
        var report = VALIDATOR.validateResponse(
                path,
                method,
                SimpleResponse.Builder.status(response.statusCode())
                        .withContentType(
                                response.headers().firstValue("Content-Type").orElse(""))
                        .withBody(response.body())
                        .build());
        assertThat(report.getMessages())
                .as(response.statusCode() + " " + response.body())
                .isEmpty();
        Map<?, ?> body = new Yaml(new SafeConstructor(new LoaderOptions())).load(response.body());
        assertThat(new TreeSet<>(body.keySet().stream().map(String::valueOf).toList()))
                .as("every returned field is declared")
                .isSubsetOf(DECLARED);
        return new Answer(response.statusCode(), body, response);
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

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
