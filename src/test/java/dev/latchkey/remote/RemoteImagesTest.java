package dev.latchkey.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.photo.ImageHost;
import dev.latchkey.remote.RemoteFiles.Fetched;
import dev.latchkey.remote.RemoteFiles.Reason;
import dev.latchkey.support.Asvs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RemoteImagesTest {
    /** For as much as a photo may have, on a busy machine. */
    private static final Duration PATIENT = Duration.ofSeconds(20);

    /** For what never ends. */
    private static final Duration HASTY = Duration.ofSeconds(3);

    private static final ImageHost HOST = ImageHost.shared();

    /** The first fetch of a process loads all that it needs, which on a busy machine takes longer than a test may wait. */
    @BeforeAll
    static void fetchOnce() {
        fetch("/image");
    }

    @Test
    void fetchesAnImageWithAndWithoutALength() {
        assertThat(fetch("/image"))
                .isInstanceOfSatisfying(
                        Fetched.File.class, image -> assertThat(image.bytes()).isEqualTo(ImageHost.IMAGE));
        assertThat(fetch("/chunked?a=b"))
                .isInstanceOfSatisfying(
                        Fetched.File.class, image -> assertThat(image.bytes()).isEqualTo(ImageHost.IMAGE));
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
    @Asvs({"1.3.6", "13.2.4", "13.2.5"})
    void refusesWhatIsNotAllowed(String link) {
        assertThat(images(address -> true, Duration.ofSeconds(5)).fetch(link))
                .isEqualTo(new Fetched.Refused(Reason.NOT_ALLOWED));
    }

    @Test
    @Asvs("1.3.6")
    void refusesPrivateAddressesWithoutConnecting() {
        int before = HOST.asked();

        assertThat(images(PublicAddresses::contains, Duration.ofSeconds(5))
                        .fetch("https://" + HOST.authority() + "/image"))
                .isEqualTo(new Fetched.Refused(Reason.NOT_ALLOWED));
        assertThat(HOST.asked()).isEqualTo(before);
    }

    @Test
    @Asvs("15.3.2")
    void followsNoRedirect() {
        int before = HOST.asked();

        assertThat(fetch("/redirect")).isEqualTo(new Fetched.Refused(Reason.UNREACHABLE));
        assertThat(HOST.asked()).isEqualTo(before);
    }

    @Test
    void takesNoMoreThanAPhotoMayHave() {
        assertThat(fetch("/large")).isEqualTo(new Fetched.Refused(Reason.TOO_LARGE));
        assertThat(fetch("/endless")).isEqualTo(new Fetched.Refused(Reason.TOO_LARGE));
    }

    @Test
    void isNotFooledByTheLengthOfAChunk() throws IOException {
        String answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n7fffffffffffffff\r\n";

        assertThat(fetch(answer, new byte[1 << 16], 0, PATIENT)).isEqualTo(new Fetched.Refused(Reason.TOO_LARGE));
        assertThat(fetch(answer, new byte[0], 0)).isEqualTo(new Fetched.Refused(Reason.UNREACHABLE));
    }

    @Test
    void takesNoHalfAnImage() throws IOException {
        assertThat(fetch("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", new byte[0], 0))
                .isEqualTo(new Fetched.Refused(Reason.UNREACHABLE));
    }

    @Test
    void losesPatienceHoweverSlowlyTheBytesDrip() throws IOException {
        long before = System.nanoTime();

        assertThat(images(address -> true, Duration.ofSeconds(1)).fetch("https://" + HOST.authority() + "/slow"))
                .isEqualTo(new Fetched.Refused(Reason.UNREACHABLE));
        assertThat(fetch("HTTP/1.1 200 OK\r\nX-Drip: ", new byte[] {'x'}, 50))
                .isEqualTo(new Fetched.Refused(Reason.UNREACHABLE));
        assertThat(fetch("HTTP/1.1 200 OK\r\n\r\n", new byte[] {'x'}, 50))
                .isEqualTo(new Fetched.Refused(Reason.UNREACHABLE));
        try (RawHost silent = RawHost.silent(InetAddress.getLoopbackAddress())) {
            assertThat(images(silent, RemoteImagesTest::loopback, address -> true, HASTY)
                            .fetch(link(silent)))
                    .isEqualTo(new Fetched.Refused(Reason.UNREACHABLE));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void readsNoHeadWithoutEnd() throws IOException {
        assertThat(fetch("HTTP/1.1 200 OK\r\n", "X-Header: x\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII), 0))
                .isEqualTo(new Fetched.Refused(Reason.UNREACHABLE));
        assertThat(fetch("HTTP/1.1 200 OK\r\nX-Long: ", "x".repeat(1000).getBytes(StandardCharsets.US_ASCII), 0))
                .isEqualTo(new Fetched.Refused(Reason.UNREACHABLE));
    }

    @Test
    @Asvs("1.3.6")
    void connectsToTheVeryAddressThatWasChecked() throws IOException {
        InetAddress first = InetAddress.getByName("127.0.0.2");
        List<InetAddress> checked = new ArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        // Whoever asked for the name a second time would be led elsewhere.
        RemoteFiles.Names rebinding =
                host -> new InetAddress[] {asked.getAndIncrement() == 0 ? first : InetAddress.getLoopbackAddress()};
        try (RawHost there = new RawHost(first, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", new byte[0], 0)) {
            assertThat(images(there, rebinding, address -> checked.add(address)).fetch(link(there)))
                    .isInstanceOf(Fetched.File.class);
        }

        assertThat(checked).containsExactly(first);
        assertThat(asked).hasValue(1);
    }

    @Test
    void refusesAPrivateAddressAmongPublicOnes() {
        int before = HOST.asked();
        RemoteImages images = new RemoteImages(
                Set.of(HOST.authority()),
                new RemoteFiles(
                        host -> new InetAddress[] {InetAddress.getLoopbackAddress(), InetAddress.getByName("10.0.0.1")},
                        InetAddress::isLoopbackAddress,
                        HOST.trusting(),
                        Duration.ofSeconds(5)));

        assertThat(images.fetch("https://" + HOST.authority() + "/image"))
                .isEqualTo(new Fetched.Refused(Reason.NOT_ALLOWED));
        assertThat(HOST.asked()).isEqualTo(before);
    }

    @Test
    void asksForTheLinkAsItIsSpelt() throws IOException {
        try (RawHost host = new RawHost(
                InetAddress.getLoopbackAddress(), "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", new byte[0], 0)) {
            assertThat(images(host, RemoteImagesTest::loopback, address -> true)
                            .fetch(link(host) + "//a/%7Eb/../c;d=%2f?sig=a%2Fb%3d+c&&"))
                    .isInstanceOf(Fetched.File.class);

            assertThat(host.asked)
                    .singleElement()
                    .asString()
                    .startsWith("GET /image//a/%7Eb/../c;d=%2f?sig=a%2Fb%3d+c&& ");
            assertThat(host.asked.getFirst().lines().map(line -> line.split(":", 2)[0].toLowerCase(Locale.ROOT)))
                    .doesNotContain("cookie", "authorization", "referer");
        }
    }

    @Test
    @Asvs("12.3.2")
    void takesNoCertificateOfAnotherHost() {
        RemoteImages images = new RemoteImages(
                Set.of("other.example.org:" + HOST.port()),
                new RemoteFiles(RemoteImagesTest::loopback, address -> true, HOST.trusting(), Duration.ofSeconds(5)));

        assertThat(images.fetch("https://other.example.org:" + HOST.port() + "/image"))
                .isEqualTo(new Fetched.Refused(Reason.UNREACHABLE));
    }

    @Test
    void trustsNoForeignCertificate() {
        RemoteImages images = new RemoteImages(
                Set.of(HOST.authority()),
                new RemoteFiles(
                        RemoteImagesTest::loopback,
                        address -> true,
                        SSLContexts.createSystemDefault(),
                        Duration.ofSeconds(5)));

        assertThat(images.fetch("https://" + HOST.authority() + "/image"))
                .isEqualTo(new Fetched.Refused(Reason.UNREACHABLE));
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
        return images(address -> true, PATIENT).fetch("https://" + HOST.authority() + path);
    }

    private static RemoteImages images(Predicate<InetAddress> reachable, Duration patience) {
        return new RemoteImages(
                Set.of(ImageHost.NAME, HOST.authority()),
                new RemoteFiles(RemoteImagesTest::loopback, reachable, HOST.trusting(), patience));
    }

    /** What comes of such an answer, which goes on as often as anybody listens. */
    private static Fetched fetch(String answer, byte[] then, long pauseMillis) throws IOException {
        return fetch(answer, then, pauseMillis, HASTY);
    }

    private static Fetched fetch(String answer, byte[] then, long pauseMillis, Duration patience) throws IOException {
        try (RawHost host = new RawHost(InetAddress.getLoopbackAddress(), answer, then, pauseMillis)) {
            return images(host, RemoteImagesTest::loopback, address -> true, patience)
                    .fetch(link(host));
        }
    }

    private static RemoteImages images(RawHost host, RemoteFiles.Names names, Predicate<InetAddress> reachable) {
        return images(host, names, reachable, PATIENT);
    }

    private static RemoteImages images(
            RawHost host, RemoteFiles.Names names, Predicate<InetAddress> reachable, Duration patience) {
        return new RemoteImages(
                Set.of(ImageHost.NAME + ":" + host.port()),
                new RemoteFiles(names, reachable, HOST.trusting(), patience));
    }

    private static String link(RawHost host) {
        return "https://" + ImageHost.NAME + ":" + host.port() + "/image";
    }

    private static InetAddress[] loopback(String host) {
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }
}
