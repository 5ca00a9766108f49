package dev.latchkey.campaign;

import dev.latchkey.support.ApiDocuments;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.RawConnection;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Requests that are nearly right, at every door: none is answered 5xx, and none leaves an error in the log. */
final class FuzzedRequests implements Trial {
    private static final int LINES_OF_AN_ERROR = 12;

    static final Planted UNBOUNDED = new Planted(
            "a body of spaces alone is read beyond its end",
            "api/mcp/McpController.java",
            "while (start < body.length && Character.isWhitespace(body[start])) {",
            "while (Character.isWhitespace(body[start])) {");

    private static final int REQUESTS = 500;

    private final Site site;
    private final List<String> calls;
    private long read;

    FuzzedRequests(Servers servers) {
        site = servers.doors();
        calls = Stream.concat(
                        Arrays.stream(ApiDocuments.values()).flatMap(document -> document.calls().stream()),
                        Vocabulary.PAGES.stream().flatMap(page -> Stream.of("GET " + page, "POST " + page)))
                .distinct()
                .toList();
    }

    @Override
    public int round(int most, RandomGenerator chance, Findings findings) {
        Owner owner = Owner.fresh(site);
        Garble garble = new Garble(chance);
        int requests = Math.min(most, REQUESTS);
        for (int i = 0; i < requests; i++) {
            byte[] request = request(owner, garble);
            int port = chance.nextInt(10) == 0
                    ? site.adminPort()
                    : URI.create(site.jar().origin()).getPort();
            RawConnection.Answer answer = ask(port, request);
            findings.count("answers " + answer.status() / 100 + "xx");
            boolean busy =
                    answer.status() == 503 && answer.header("Retry-After").isPresent();
            findings.promise(
                    answer.status() < 500 || busy || answer.status() == 501 || answer.status() == 505,
                    "answered %d: %s",
                    answer.status(),
                    shown(request));
        }
        String said = site.jar().output(read);
        read += said.length();
        if (said.contains(" ERROR ")) {
            String trouble = said.lines()
                    .dropWhile(line -> !line.contains(" ERROR "))
                    .limit(LINES_OF_AN_ERROR)
                    .collect(Collectors.joining("\n"));
            findings.violation("an error in the log: %s", trouble);
        }
        site.sink().empty();
        return requests;
    }

    private static RawConnection.Answer ask(int port, byte[] request) {
        try (RawConnection connection = new RawConnection("localhost", port)) {
            return connection.send(request).endSending().read();
        } catch (RuntimeException e) {
            // Hung up on while it still spoke, or answered by what is no HTTP/1: it had spoken none either.
            return new RawConnection.Answer(0, List.of(), "");
        }
    }

    private byte[] request(Owner owner, Garble garble) {
        RandomGenerator chance = garble.chance();
        String token =
                garble.any(List.of(owner.link(), owner.otherLink(), owner.undo(), owner.move(), "x", owner.id()));
        String[] call = garble.any(calls).replaceAll("\\{\\w+}", token).split(" ");
        String method = chance.nextInt(5) == 0 ? garble.any(Vocabulary.METHODS) : call[0];
        String path = call[1];
        if (chance.nextInt(3) == 0) {
            path += "?" + form(garble);
        }
        String type = garble.any(Vocabulary.TYPES);
        byte[] body = body(type, garble).getBytes(StandardCharsets.UTF_8);
        List<String> headers = new ArrayList<>(List.of("Host: localhost", "Connection: close"));
        headers.add(Servers.CALLER + ": " + Servers.anybody(chance));
        if (!type.isEmpty()) {
            headers.add("Content-Type: " + type);
        }
        if (chance.nextInt(2) == 0) {
            String key = garble.any(List.of(owner.bearer(), LatchkeyJar.ACTION_KEY, Site.ADMIN_KEY));
            headers.add("Authorization: Bearer " + key);
        }
        IntStream.range(0, chance.nextInt(3)).forEach(i -> headers.add(garble.any(Vocabulary.HEADERS)));
        if (chance.nextInt(3) == 0) {
            body = garble.bytes(body);
        }
        headers.add("Content-Length: " + body.length);
        String head =
                method + " " + path.replace(" ", "%20") + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(chance.nextInt(8) == 0 ? garble.bytes(start) : start);
        all.writeBytes(body);
        return all.toByteArray();
    }

    private static String body(String type, Garble garble) {
        if (garble.chance().nextInt(12) == 0) {
            return garble.any(List.of("", " ", "\n\t ", "[", "null", "[]", "\ufeff{}"));
        }
        return type.startsWith("application/json")
                ? json(garble)
                : type.startsWith("multipart") ? parts(garble) : form(garble);
    }

    private static String json(Garble garble) {
        return fields(garble)
                .map(field -> "\"" + field + "\":" + garble.any(Vocabulary.VALUES))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String form(Garble garble) {
        return fields(garble)
                .map(field -> field + "="
                        + garble.any(Vocabulary.VALUES).replace("\"", "").replace("&", "%26"))
                .collect(Collectors.joining("&"))
                .replaceAll("[\\s\\p{Cntrl}]", "+");
    }

    private static String parts(Garble garble) {
        return fields(garble)
                .map(field -> "--b\r\nContent-Disposition: form-data; name=\"" + field + "\""
                        + garble.any(List.of("", "; filename=\"a.jpg\"", "; filename*=UTF-8''%zz", ";", "; filename="))
                        + garble.any(List.of("\r\n", "\r\nContent-Type: text/plain; charset=x\r\n"))
                        + "\r\n" + garble.any(Vocabulary.VALUES) + "\r\n")
                .collect(Collectors.joining("", "", garble.any(List.of("--b--\r\n", "--b", ""))));
    }

    private static Stream<String> fields(Garble garble) {
        return Stream.generate(() -> garble.any(Vocabulary.FIELDS))
                .limit(garble.chance().nextInt(8));
    }

    private static String shown(byte[] request) {
        String text = new String(request, StandardCharsets.ISO_8859_1).replaceAll("\\p{Cntrl}+", " | ");
        return text.substring(0, Math.min(600, text.length()));
    }
}
