package dev.latchkey.oauth.client;

import dev.latchkey.photo.ImageHost;
import dev.latchkey.support.Listener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where clients publish who they are: an https server under a name and a certificate that servers started with
 * {@code test.image-host} believe. A path that nothing was said about takes the request and never answers.
 */
public final class ClientHost implements AutoCloseable {
    private static final AtomicInteger HOSTS = new AtomicInteger();

    /** Of this host alone: a port is given out again while a server still keeps what it read from it. */
    private final String folder = "/" + HOSTS.incrementAndGet();

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Listener listener;

    public ClientHost() {
        try {
            listener = new Listener(
                    ImageHost.shared().certified().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                    this::answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of a path here, which is the id of the client that publishes there. */
    public String id(String path) {
        return "https://" + ImageHost.NAME + ":" + listener.port() + folder + path;
    }

    /** Says what a client says of itself, as it should. */
    public String publish(String path, String... redirectUris) {
        return say(path, "Cache-Control: max-age=300\r\n", document(id(path), redirectUris));
    }

    /** Says something else, with these headers. */
    public String say(String path, String headers, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return answer(
                path,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n" + headers
                        + "\r\n" + body);
    }

    /** Answers with exactly this. */
    public String answer(String path, String answer) {
        answers.put(path, answer);
        return id(path);
    }

    public static String document(String id, String... redirectUris) {
        return """
                {"client_id": "%s", "client_name": "Example Assistant", "redirect_uris": ["%s"],
                 "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
                 "token_endpoint_auth_method": "none"}""".formatted(id, String.join("\", \"", redirectUris));
    }

    /** The paths that were asked for, in order. */
    public List<String> asked() {
        return asked;
    }

    private void answer(Socket socket) throws IOException {
        try (BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                OutputStream out = socket.getOutputStream()) {
            String line = in.readLine();
            if (line == null) {
                return;
            }
            String path = line.split(" ")[1].substring(folder.length());
            asked.add(path);
            String answer = answers.get(path);
            while (line != null && (answer == null || !line.isEmpty())) {
                line = in.readLine();
            }
            if (answer != null) {
                out.write(answer.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
