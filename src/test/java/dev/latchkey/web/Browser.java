package dev.latchkey.web;

import dev.latchkey.support.MultipartForm;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Asks for pages and posts forms as a browser without script does; follows no redirect by itself. */
final class Browser {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final EmbeddedServer server;

    Browser(EmbeddedServer server) {
        this.server = server;
    }

    record Page(int status, HttpResponse<byte[]> response) {
        Document html() {
            return Jsoup.parse(text());
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        String header(String name) {
            return String.join(", ", response.headers().allValues(name));
        }
    }

    Page get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    Page head(String path) {
        return send(request(path).HEAD());
    }

    Page post(String path, Map<String, String> fields, String... headers) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** A form with a file field; no bytes stand for a field in which no file was chosen. */
    Page upload(String path, Map<String, String> fields, byte[] photo) {
        return send(request(path)
                .header("Content-Type", MultipartForm.TYPE)
                .POST(BodyPublishers.ofByteArray(MultipartForm.of(fields, photo))));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.getURI().resolve(path))
                .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static Page send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            return new Page(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
