package dev.latchkey.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged jar as operators run it, in a process of its own and in the dev environment. */
public final class Product implements AutoCloseable {
    private final Process process;
    private final String origin;

    private Product(Process process, String origin) {
        this.process = process;
        this.origin = origin;
    }

    /** Starts on free ports with a data directory in the folder and an account for each address. */
    public static Product startDev(Path folder, String... addresses) {
        int port = freePort();
        Map<String, String> settings = Map.of(
                "MICRONAUT_ENVIRONMENTS", "dev",
                "MICRONAUT_SERVER_PORT", String.valueOf(port),
                "LATCHKEY_DATA_DIR", folder.resolve("data").toString(),
                "LATCHKEY_DEV_SMTP_PORT", String.valueOf(freePort()),
                "LATCHKEY_DEV_IMAP_PORT", String.valueOf(freePort()));
        try {
            Path people =
                    Files.writeString(folder.resolve("people.csv"), "email\n" + String.join("\n", addresses) + "\n");
            Process imported = launch(folder, "import.log", settings, "import", people.toString());
            if (imported.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(folder.resolve("import.log")));
            }
            Product product = new Product(launch(folder, "server.log", settings), "http://localhost:" + port);
            product.awaitReadiness();
            return product;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Scheme, host and port. */
    public String origin() {
        return origin;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private void awaitReadiness() {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(origin + "/health")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .until(() -> client.send(request, BodyHandlers.discarding()).statusCode() == 200);
        }
    }

    private static Process launch(Path folder, String log, Map<String, String> settings, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                System.getProperty("latchkey.jar")));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().putAll(settings);
        return builder.start();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
