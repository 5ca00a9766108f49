package dev.latchkey.bench;

import dev.latchkey.bench.HttpConnection.Answer;
import java.io.IOException;

/** The calls of the contract, each of which fails loudly when the answer is not the one that a happy caller gets. */
final class Assistant {
    private static final String KEY = "Authorization: Bearer " + LatchkeyProcess.ACTION_KEY + "\r\n";

    private Assistant() {}

    /** Asks for a link and returns the request's id. */
    static String init(HttpConnection connection, String email) throws IOException {
        byte[] request = HttpConnection.post("/api/update/init", KEY, "{\"email\":\"" + email + "\"}");
        return text(expect(202, connection.send(request)), "requestId");
    }

    /** Looks at what a link opens. */
    static String load(HttpConnection connection, String token) throws IOException {
        return expect(200, tryLoad(connection, token));
    }

    static Answer tryLoad(HttpConnection connection, String token) throws IOException {
        return connection.send(HttpConnection.post("/api/update/load", "", "{\"token\":\"" + token + "\"}"));
    }

    /** Saves a new bio; with the version that Load showed, or without one. */
    static void save(HttpConnection connection, String token, String bio, String version) throws IOException {
        String json = "{\"token\":\"" + token + "\",\"bio\":\"" + bio + "\""
                + (version.isEmpty() ? "" : ",\"version\":" + version) + "}";
        String answer = expect(200, connection.send(HttpConnection.post("/api/update/save", "", json)));
        if (!text(answer, "status").equals("saved")) {
            throw new IllegalStateException("Not saved: " + answer);
        }
    }

    static String status(HttpConnection connection, String requestId) throws IOException {
        byte[] request = ("GET /api/update/status/" + requestId + " HTTP/1.1\r\nHost: bench\r\n" + KEY + "\r\n")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return expect(200, connection.send(request));
    }

    static String version(String loaded) {
        int start = loaded.indexOf("\"version\":") + 10;
        int end = start;
        while (end < loaded.length() && Character.isDigit(loaded.charAt(end))) {
            end++;
        }
        return loaded.substring(start, end);
    }

    /** A text field of a flat answer; enough for values without escapes. */
    static String text(String json, String field) {
        String start = "\"" + field + "\":\"";
        int from = json.indexOf(start) + start.length();
        if (from < start.length()) {
            throw new IllegalStateException("No " + field + " in " + json);
        }
        return json.substring(from, json.indexOf('"', from));
    }

    private static String expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new IllegalStateException("Expected " + status + " but got " + answer);
        }
        return answer.body();
    }
}
