package dev.latchkey.oauth.client;

import dev.latchkey.support.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A file of clients as an operator writes it: one that is public and one with a secret. */
public final class PredefinedClients {
    public static final String OPEN = "example-assistant";
    public static final String REDIRECT = "https://client.example.com/callback";
    public static final String LOOPBACK = "http://127.0.0.1/callback";
    public static final String APP = "exampleapp://oauth/callback";

    public static final String CLOSED = "example-server";
    public static final String SECRET = "a secret/of+the:server".replace(' ', '-');
    public static final String CLOSED_REDIRECT = "https://server.example.com/oauth/callback?from=latchkey";

    /** The setting that names it. */
    public static final Map<String, Object> SETTINGS = Map.of("latchkey.oauth-clients", file("""
                    [{"client_id": "%s", "client_name": "Example Assistant", "redirect_uris": ["%s", "%s", "%s"],
                      "token_endpoint_auth_method": "none"},
                     {"client_id": "%s", "client_name": "Example Server", "redirect_uris": ["%s"],
                      "token_endpoint_auth_method": "client_secret_basic", "client_secret": "%s"}]
                    """.formatted(
                    OPEN, REDIRECT, LOOPBACK, APP, CLOSED, CLOSED_REDIRECT, SECRET)));

    private PredefinedClients() {}

    /** Writes such a file, which goes with the JVM. */
    public static String file(String json) {
        try {
            Path folder = Files.createTempDirectory("latchkey-clients");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
            return Files.writeString(folder.resolve("clients.json"), json).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
