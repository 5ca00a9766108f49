package dev.latchkey.photo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.latchkey.support.Drip;
import dev.latchkey.support.Folders;
import dev.latchkey.support.Images;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Somebody else's https server with images and with traps, under a name and a certificate of its own. */
public final class ImageHost {
    /** What {@code /image} and {@code /chunked} hold. */
    public static final byte[] IMAGE = Images.jpeg(400, 300);

    /** What {@code /secret} holds. */
    public static final byte[] SECRET = Images.jpeg(310, 420);

    public static final String NAME = "images.example.org";

    private static final char[] PASSWORD = "password".toCharArray();

    private final AtomicInteger asked = new AtomicInteger();
    private final HttpsServer server;
    private final SSLContext tls;

    private ImageHost() throws IOException, GeneralSecurityException, InterruptedException {
        tls = selfSigned();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/image", exchange -> send(exchange, IMAGE.length, IMAGE));
        server.createContext("/secret", exchange -> send(exchange, SECRET.length, SECRET));
        server.createContext("/chunked", exchange -> send(exchange, 0, IMAGE));
        server.createContext(
                "/text", exchange -> send(exchange, 0, "<svg onload='alert(1)'/>".getBytes(StandardCharsets.UTF_8)));
        server.createContext("/large", exchange -> send(exchange, 6 << 20, new byte[0]));
        server.createContext("/redirect", this::redirect);
        server.createContext("/endless", exchange -> drip(exchange, 1 << 16, Duration.ZERO));
        server.createContext("/slow", exchange -> drip(exchange, 1, Duration.ofMillis(50)));
        server.start();
    }

    /** The one that all tests share; it stops with the JVM. */
    public static ImageHost shared() {
        return Shared.HOST;
    }

    /** Name and port, as a list of allowed hosts has them. */
    public String authority() {
        return NAME + ":" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** How many answers it gave that were complete. */
    public int asked() {
        return asked.get();
    }

    /** Makes servers with its certificate. */
    public SSLServerSocketFactory certified() {
        return tls.getServerSocketFactory();
    }

    /** Believes its certificate and no other. */
    public SSLContext trusting() {
        return tls;
    }

    private void send(HttpExchange exchange, long length, byte[] body) throws IOException {
        asked.incrementAndGet();
        exchange.sendResponseHeaders(200, length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void redirect(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Location", "https://" + authority() + "/image");
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void drip(HttpExchange exchange, int size, Duration beat) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            new Drip().into(out, new byte[size], beat);
        } catch (IOException e) {
            // The other side has had enough.
        }
    }

    private static SSLContext selfSigned() throws IOException, GeneralSecurityException, InterruptedException {
        KeyStore keys = keys();
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore keys() throws IOException, GeneralSecurityException, InterruptedException {
        Path folder = Files.createTempDirectory("latchkey-image-host");
        try {
            Path file = folder.resolve("keys.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "test",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=" + NAME,
                            "-ext",
                            "san=dns:" + NAME,
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            new String(PASSWORD))
                    .inheritIO()
                    .start();
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool made no certificate");
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                keys.load(in, PASSWORD);
            }
            return keys;
        } finally {
            Folders.delete(folder);
        }
    }

    private static final class Shared {
        static final ImageHost HOST = create();

        private static ImageHost create() {
            try {
                ImageHost host = new ImageHost();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> host.server.stop(0)));
                return host;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
