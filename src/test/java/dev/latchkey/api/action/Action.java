package dev.latchkey.api.action;

import dev.latchkey.support.ActionContract;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** An assistant that holds every answer against the action's OpenAPI document. */
public final class Action {
    static final String KEY = "test-action-key-0123456789";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final EmbeddedServer server;

    public Action(EmbeddedServer server) {
        this.server = server;
    }

    /** An answer; its body is a flat object of strings, numbers and lists. */
    public record Answer(int status, Map<?, ?> body, HttpResponse<String> response) {
        public String text(String member) {
            return String.valueOf(body.get(member));
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    public Answer init(String json, String... headers) {
        return call(request("/api/update/init", headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    public Answer status(String requestId, String... headers) {
        String path = "/api/update/status/" + requestId;
        return call(request(path, headers).GET());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.getURI().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Set.of(headers).contains("Authorization") ? request : request.header("Authorization", "Bearer " + KEY);
    }

    private static Answer call(HttpRequest.Builder request) {
        HttpResponse<String> response = send(request.build());
        ActionContract.check(response);
        Map<?, ?> body = new Yaml(new SafeConstructor(new LoaderOptions())).load(response.body());
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
}
