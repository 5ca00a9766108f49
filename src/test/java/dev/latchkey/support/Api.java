package dev.latchkey.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calls a server as programs and browsers without script do, follows no redirect by itself, and holds each answer to a
 * call of the action against the action's document.
 */
public class Api {
    /** The key that {@link Contexts} gives to every server. */
    public static final String KEY = "test-action-key-0123456789";

    private static final HttpClient CLIENT = client().build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI origin;
    private final HttpClient client;
    private final String[] always;

    public Api(EmbeddedServer server) {
        this(server.getURI());
    }

    protected Api(URI origin) {
        this(origin, CLIENT);
    }

    /** A client that sends this header with each request that says nothing else. */
    public Api(EmbeddedServer server, String header, String value) {
        this(server.getURI(), CLIENT, header, value);
    }

    /** A client with a loopback address of its own, such as {@code 127.0.0.9}. */
    public Api(EmbeddedServer server, String address) {
        this(
                URI.create("http://127.0.0.1:" + server.getPort()),
                client().localAddress(InetAddress.ofLiteral(address)).build());
    }

    private Api(URI origin, HttpClient client, String... always) {
        this.origin = origin;
        this.client = client;
        this.always = always;
    }

    /** A client of another port of this machine. */
    public static Api at(int port) {
        return new Api(URI.create("http://127.0.0.1:" + port));
    }

    /** A client that asks for pages. */
    public static Api browser(EmbeddedServer server) {
        return new Api(server, "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    }

    public final Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public final Answer post(String path, @Nullable Object body, String... headers) {
        return send("POST", path, body, headers);
    }

    /** Sends a map as JSON, a text or bytes as they are, null as nothing. */
    public final Answer send(String method, String path, @Nullable Object body, String... headers) {
        return body == null
                ? exchange(method, path, BodyPublishers.noBody(), headers)
                : exchange(method, path, publisher(body), with("Content-Type", "application/json", headers));
    }

    /** Posts to the action, with its key. */
    public final Answer action(String path, Object json, String... headers) {
        return post(path, json, with("Authorization", "Bearer " + KEY, headers));
    }

    public final Answer status(String requestId, String... headers) {
        return get("/api/update/status/" + requestId, with("Authorization", "Bearer " + KEY, headers));
    }

    public final Answer form(String path, Map<String, String> fields, String... headers) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return form(path, body, headers);
    }

    /** Posts a form without files. */
    public final Answer form(String path, String body, String... headers) {
        return post(path, body, with("Content-Type", "application/x-www-form-urlencoded", headers));
    }

    /** A form with a file field; no bytes stand for a field in which no file was chosen. */
    public final Answer upload(
            String method, String path, Map<String, String> fields, byte[] photo, String... headers) {
        return send(method, path, MultipartForm.of(fields, photo), with("Content-Type", MultipartForm.TYPE, headers));
    }

    private Answer exchange(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(origin.resolve(path)).method(method, body);
        String[] all = with(always, headers);
        try {
            HttpResponse<byte[]> response =
                    client.send((all.length == 0 ? request : request.headers(all)).build(), BodyHandlers.ofByteArray());
            Answer answer = new Answer(response.statusCode(), response);
            ApiDocuments.check(answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String[] with(String name, String value, String... headers) {
        return with(new String[] {name, value}, headers);
    }

    /** Names and values, of which the later ones take the place of the earlier ones. */
    private static String[] with(String[] usual, String... headers) {
        Stream<String> kept = Stream.empty();
        for (int i = 0; i < usual.length; i += 2) {
            if (!Arrays.asList(headers).contains(usual[i])) {
                kept = Stream.concat(kept, Stream.of(usual[i], usual[i + 1]));
            }
        }
        return Stream.concat(kept, Stream.of(headers)).toArray(String[]::new);
    }

    private static BodyPublisher publisher(Object body) {
        try {
            return switch (body) {
                case String text -> BodyPublishers.ofString(text);
                case byte[] bytes -> BodyPublishers.ofByteArray(bytes);
                default -> BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
            };
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
