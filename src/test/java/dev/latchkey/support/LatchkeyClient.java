package dev.latchkey.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Calls a running jar over HTTP as an assistant and as a front end do. */
public final class LatchkeyClient {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.createDefault();

    private final LatchkeyJar jar;

    public LatchkeyClient(LatchkeyJar jar) {
        this.jar = jar;
    }

    /** What came back. */
    public record Answer(int status, HttpHeaders headers, byte[] bytes) {
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** The body as a JSON object. */
        public Map<String, Object> json() {
            try {
                return JSON.readValue(bytes, Argument.mapOf(String.class, Object.class));
            } catch (IOException e) {
                throw new UncheckedIOException(text(), e);
            }
        }

        /** The first value of a header; empty where it is missing. */
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /** One field of the body as text. */
        public String field(String name) {
            return String.valueOf(json().get(name));
        }
    }

    /** Init as the assistant sends it, whatever comes back. */
    public Answer init(String email) {
        return init(Map.of("email", email));
    }

    private Answer init(Map<String, ?> body) {
        return send(request("/api/update/init")
                .header("Authorization", "Bearer " + LatchkeyJar.ACTION_KEY)
                .header("Content-Type", "application/json")
                .POST(json(body)));
    }

    /** Init that must be accepted. */
    public Answer accepted(String email) {
        return accepted(email, Map.of());
    }

    /** The same with a draft for the page. */
    public Answer accepted(String email, Map<String, String> proposal) {
        Answer answer = init(Map.of("email", email, "proposal", proposal));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer;
    }

    public Answer status(String requestId) {
        return send(request("/api/update/status/" + requestId)
                .header("Authorization", "Bearer " + LatchkeyJar.ACTION_KEY)
                .GET());
    }

    public Answer load(String token) {
        return post("/api/update/load", Map.of("token", token));
    }

    /** Save with the token among the fields. */
    public Answer save(Map<String, ?> fields) {
        return post("/api/update/save", fields);
    }

    /** Save as a form with a photo. */
    public Answer save(Map<String, String> fields, byte[] photo) {
        return send(request("/api/update/save")
                .header("Content-Type", MultipartForm.TYPE)
                .POST(BodyPublishers.ofByteArray(MultipartForm.of(fields, photo))));
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    /** Any address, as a browser fetches an image. */
    public static Answer fetch(URI address) {
        return send(HttpRequest.newBuilder(address));
    }

    private Answer post(String path, Map<String, ?> body) {
        return send(request(path).header("Content-Type", "application/json").POST(json(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(jar.origin()).resolve(path));
    }

    private static HttpRequest.BodyPublisher json(Map<String, ?> body) {
        try {
            return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
