package dev.latchkey.support;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Calls the product as a program does, and reads the mails it sends in the dev environment. */
public final class Client {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Map<String, Object> MANY_LINKS = Map.of(
            "latchkey.dev-smtp-port", 0,
            "latchkey.dev-imap-port", 0,
            "latchkey.smtp.port", 0,
            "latchkey.links-per-minute", 1000,
            "latchkey.links-per-hour", 1000,
            "test.clock", true);

    private final EmbeddedServer server;
    private final JsonMapper json;

    private Client(EmbeddedServer server) {
        this.server = server;
        this.json = server.getApplicationContext().getBean(JsonMapper.class);
    }

    /** The one server that the tests of the APIs share; it stops with the JVM. */
    public static Client shared() {
        return Shared.API;
    }

    /** A server of one's own, still with an inbox and many links allowed. */
    public static Client on(Map<String, Object> database, Map<String, ?> settings) {
        Map<String, Object> all = new java.util.HashMap<>(MANY_LINKS);
        all.putAll(settings);
        return new Client(Contexts.serveDev(database, all));
    }

    /** An address that nobody else has, of at most 25 characters. */
    public static String freshEmail() {
        return "p" + NUMBER.incrementAndGet() + "@example.org";
    }

    public EmbeddedServer server() {
        return server;
    }

    public MutableClock clock() {
        return server.getApplicationContext().getBean(MutableClock.class);
    }

    /** What came back. */
    public record Answer(int status, String body, HttpResponse<String> response, JsonMapper json) {

        public String text(String field) {
            JsonNode value = node().get(field);
            return value == null || value.isNull() ? "null" : value.coerceStringValue();
        }

        public JsonNode node() {
            try {
                return json.readValue(body, JsonNode.class);
            } catch (IOException e) {
                throw new UncheckedIOException(body, e);
            }
        }

        public String header(String name) {
            return String.join(", ", response.headers().allValues(name));
        }
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** Sends a map as JSON, a string as it is, null as nothing. */
    public Answer send(String method, String path, @Nullable Object body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.getURI().resolve(path));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        String text = body == null ? "" : body instanceof String raw ? raw : write(body);
        return send(request.method(method, BodyPublishers.ofString(text)), headers);
    }

    public Answer post(String path, @Nullable Object body, String... headers) {
        return send("POST", path, body, headers);
    }

    public Answer form(String path, String body, String... headers) {
        return send(
                HttpRequest.newBuilder(server.getURI().resolve(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)),
                headers);
    }

    public Answer upload(String method, String path, Map<String, String> fields, byte[] photo, String... headers) {
        return send(
                HttpRequest.newBuilder(server.getURI().resolve(path))
                        .header("Content-Type", MultipartForm.TYPE)
                        .method(method, BodyPublishers.ofByteArray(MultipartForm.of(fields, photo))),
                headers);
    }

    /** The path of the link in the newest mail to somebody whose path begins so; waits for it. */
    public String mailedLink(String email, String path) {
        return Awaitility.await().until(() -> newestLink(email, path), link -> !link.isEmpty());
    }

    private String newestLink(String email, String path) {
        return StreamSupport.stream(get("/dev/inbox/messages").node().values().spliterator(), false)
                .filter(mail -> mail.get("to").getStringValue().equals(email))
                .filter(mail -> mail.get("links") != null && mail.get("links").size() > 0)
                .map(mail -> mail.get("links").get(0).getStringValue())
                .map(link -> link.substring(link.indexOf('/', "https://".length())))
                .filter(link -> link.startsWith(path))
                .findFirst()
                .orElse("");
    }

    /** Signs up with a passphrase and signs in; returns the header that proves it. */
    public String[] signedIn(String email, String password) {
        post("/auth/signup", Map.of("email", email, "password", password));
        return bearer(email, password);
    }

    public String[] bearer(String email, String password) {
        Answer answer = post("/auth/login", Map.of("email", email, "password", password));
        return new String[] {"Authorization", "Bearer " + answer.text("access_token")};
    }

    private String write(Object body) {
        try {
            return new String(json.writeValueAsBytes(body), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer send(HttpRequest.Builder request, String... headers) {
        try {
            HttpRequest built = (headers.length == 0 ? request : request.headers(headers)).build();
            HttpResponse<String> response = CLIENT.send(built, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static final class Shared {
        static final Client API = on(Database.SQLITE.fresh(), Map.of());

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(API.server::close));
        }
    }
}
