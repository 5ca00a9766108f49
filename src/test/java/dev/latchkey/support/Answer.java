package dev.latchkey.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** What came back from a server, whoever asked. */
public record Answer(int status, HttpResponse<byte[]> response) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public byte[] bytes() {
        return response.body();
    }

    /** The whole body. */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** One member of the body: empty when it is missing, {@code null} as a word. */
    public String text(String member) {
        return json().path(member).asText();
    }

    /** The body; missing where it is no JSON. */
    public JsonNode json() {
        return header("Content-Type").contains("json") ? json(text()) : MissingNode.getInstance();
    }

    /** Any text that is JSON. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    public Document html() {
        return Jsoup.parse(text());
    }

    /** The last part of a problem's type. */
    public String problem() {
        return text("type").replaceFirst("^/problems/", "");
    }

    /** All values of a header; empty when it is missing. */
    public String header(String name) {
        return String.join(", ", response.headers().allValues(name));
    }
}
