package dev.latchkey.photo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.latchkey.photo.RemoteImages.Fetched;
import dev.latchkey.photo.RemoteImages.Reason;
import dev.latchkey.support.Images;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpsImagesTest {
    private static final String HOST = "images.example.org";
    private static final char[] PASSWORD = "password".toCharArray();
    private static final byte[] IMAGE = Images.jpeg(40, 40);
    private static final AtomicInteger ASKED = new AtomicInteger();

    private static HttpsServer server;
    private static SSLSocketFactory trusting;
    private static String authority;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        KeyStore keys = selfSigned(folder.resolve("keys.p12"));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        trusting = context.getSocketFactory();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/image", exchange -> send(exchange, 200, IMAGE.length, IMAGE));
        server.createContext("/chunked", exchange -> send(exchange, 200, 0, IMAGE));
        server.createContext("/large", exchange -> send(exchange, 200, 6 << 20, new byte[0]));
        server.createContext("/redirect", HttpsImagesTest::redirect);
        server.createContext("/endless", exchange -> drip(exchange, 1 << 16, 0));
        server.createContext("/slow", exchange -> drip(exchange, 1, 50));
        server.start();
        authority = HOST + ":" + server.getAddress().getPort();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void fetchesAnImageWithAndWithoutALength() {
        assertThat(fetch("/image"))
                .isInstanceOfSatisfying(
                        Fetched.Image.class, image -> assertThat(image.bytes()).isEqualTo(IMAGE));
        assertThat(fetch("/chunked?a=b"))
                .isInstanceOfSatisfying(
                        Fetched.Image.class, image -> assertThat(image.bytes()).isEqualTo(IMAGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://images.example.org/image",
                "https://evil.example.com/image",
                "https://images.example.org.evil.example.com/image",
                "https://images.example.org@evil.example.com/image",
                "https://user@images.example.org/image",
                "https://127.0.0.1/image",
                "https://images.example.org:1/image",
                "file:///etc/passwd",
                "//images.example.org/image",
                "https:///image",
                "not a link",
                ""
            })
    void refusesWhatIsNotAllowed(String link) {
        assertThat(images(address -> true, Duration.ofSeconds(5)).fetch(link))
                .isEqualTo(new Fetched.Refused(Reason.NOT_ALLOWED));
    }

    @Test
    void refusesPrivateAddressesWithoutConnecting() {
        int before = ASKED.get();

        assertThat(images(PublicAddresses::contains, Duration.ofSeconds(5)).fetch("https://" + authority + "/image"))
                .isEqualTo(new Fetched.Refused(Reason.NOT_ALLOWED));
        assertThat(ASKED).hasValue(before);
    }

    @Test
    void followsNoRedirect() {
        int before = ASKED.get();

        assertThat(fetch("/redirect")).isEqualTo(new Fetched.Refused(Reason.UNREACHABLE));
        assertThat(ASKED).hasValue(before);
    }

    @Test
    void takesNoMoreThanAPhotoMayHave() {
        assertThat(fetch("/large")).isEqualTo(new Fetched.Refused(Reason.TOO_LARGE));
        assertThat(fetch("/endless")).isEqualTo(new Fetched.Refused(Reason.TOO_LARGE));
    }

    @Test
    void losesPatienceHoweverSlowlyTheBytesDrip() {
        long before = System.nanoTime();

        assertThat(images(address -> true, Duration.ofSeconds(1)).fetch("https://" + authority + "/slow"))
                .isEqualTo(new Fetched.Refused(Reason.UNREACHABLE));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void trustsNoForeignCertificate() {
        RemoteImages images = new HttpsImages(
                Set.of(authority),
                HttpsImagesTest::loopback,
                address -> true,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                Duration.ofSeconds(5));

        assertThat(images.fetch("https://" + authority + "/image")).isEqualTo(new Fetched.Refused(Reason.UNREACHABLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "127.0.0.1",
                "100.64.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "192.0.0.8",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001::1",
                "2001:db8::1",
                "::ffff:10.0.0.1"
            })
    void knowsPrivateAddresses(String address) throws UnknownHostException {
        assertThat(PublicAddresses.contains(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "100.63.0.1", "172.32.0.1", "192.1.1.1", "203.0.114.1", "2606:4700::1111"})
    void knowsPublicAddresses(String address) throws UnknownHostException {
        assertThat(PublicAddresses.contains(InetAddress.getByName(address))).isTrue();
    }

    private static Fetched fetch(String path) {
        return images(address -> true, Duration.ofSeconds(20)).fetch("https://" + authority + path);
    }

    private static RemoteImages images(java.util.function.Predicate<InetAddress> reachable, Duration patience) {
        return new HttpsImages(Set.of(HOST, authority), HttpsImagesTest::loopback, reachable, trusting, patience);
    }

    private static Optional<List<InetAddress>> loopback(String host) {
        return Optional.of(List.of(InetAddress.getLoopbackAddress()));
    }

    private static void send(HttpExchange exchange, int status, long length, byte[] body) throws IOException {
        ASKED.incrementAndGet();
        exchange.sendResponseHeaders(status, length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static void redirect(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Location", "https://" + authority + "/image");
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void drip(HttpExchange exchange, int size, long pauseMillis) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
                out.write(new byte[size]);
                out.flush();
                Thread.sleep(pauseMillis);
            }
        } catch (IOException e) {
            // The other side has had enough.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static KeyStore selfSigned(Path file) throws IOException, GeneralSecurityException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + HOST,
                        "-ext",
                        "san=dns:" + HOST,
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
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }
}
