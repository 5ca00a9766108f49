package dev.latchkey.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** A client of the JSON surfaces, as its author would write it. */
public final class Api {
    /** The key that {@link Contexts} gives to every server. */
    public static final String KEY = "test-action-key-0123456789";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String origin;
    private final HttpClient client;

    public Api(EmbeddedServer server) {
        origin = "http://localhost:" + server.getPort();
        client = CLIENT;
    }

    /** A client with a loopback address of its own, such as {@code 127.0.0.9}. */
    public Api(EmbeddedServer server, String address) {
        origin = "http://127.0.0.1:" + server.getPort();
        client = HttpClient.newBuilder()
                .localAddress(InetAddress.ofLiteral(address))
                .build();
    }

    /** What came back; the body is missing where it is no JSON. */
    public record Answer(int status, HttpResponse<String> raw, JsonNode body) {
        public String text(String member) {
            return body.path(member).asText();
        }

        /** The last part of a problem's type. */
        public String problem() {
            return text("type").replaceFirst("^/problems/", "");
        }
    }

    /** Posts a JSON text with the action key. */
    public Answer action(String path, String json) {
        return send(request(path).header("Authorization", "Bearer " + KEY).POST(BodyPublishers.ofString(json)));
    }

    /** Posts a JSON text without any key. */
    public Answer post(String path, String json, String... headers) {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(json));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public Answer status(String requestId) {
        return send(request("/api/update/status/" + requestId)
                .header("Authorization", "Bearer " + KEY)
                .GET());
    }

    /** Posts a form without files. */
    public Answer urlEncoded(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(origin + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Posts a form with text fields and a photo, as browsers do. */
    public Answer form(String path, Map<String, String> fields, byte[] photo) {
        return send(HttpRequest.newBuilder(URI.create(origin + path))
                .header("Content-Type", MultipartForm.TYPE)
                .POST(BodyPublishers.ofByteArray(MultipartForm.of(fields, photo))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin + path)).header("Content-Type", "application/json");
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> raw = client.send(request.build(), BodyHandlers.ofString());
            ActionContract.check(raw);
            boolean json = raw.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(raw.statusCode(), raw, json ? JSON.readTree(raw.body()) : JSON.missingNode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
