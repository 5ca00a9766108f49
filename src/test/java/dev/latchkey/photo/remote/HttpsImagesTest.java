package dev.latchkey.photo.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.photo.ImageHost;
import dev.latchkey.photo.remote.RemoteImages.Fetched;
import dev.latchkey.photo.remote.RemoteImages.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpsImagesTest {
    private static final ImageHost HOST = ImageHost.shared();

    @Test
    void fetchesAnImageWithAndWithoutALength() {
        assertThat(fetch("/image"))
                .isInstanceOfSatisfying(
                        Fetched.Image.class, image -> assertThat(image.bytes()).isEqualTo(ImageHost.IMAGE));
        assertThat(fetch("/chunked?a=b"))
                .isInstanceOfSatisfying(
                        Fetched.Image.class, image -> assertThat(image.bytes()).isEqualTo(ImageHost.IMAGE));
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
        int before = HOST.asked();

        assertThat(images(PublicAddresses::contains, Duration.ofSeconds(5))
                        .fetch("https://" + HOST.authority() + "/image"))
                .isEqualTo(new Fetched.Refused(Reason.NOT_ALLOWED));
        assertThat(HOST.asked()).isEqualTo(before);
    }

    @Test
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
        String answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n7fffffffffffffff\r\nx";

        assertThat(HttpImageReader.read(new ByteArrayInputStream(answer.getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(new Fetched.Refused(Reason.TOO_LARGE));
    }

    @Test
    void losesPatienceHoweverSlowlyTheBytesDrip() {
        long before = System.nanoTime();

        assertThat(images(address -> true, Duration.ofSeconds(1)).fetch("https://" + HOST.authority() + "/slow"))
                .isEqualTo(new Fetched.Refused(Reason.UNREACHABLE));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void trustsNoForeignCertificate() {
        RemoteImages images = new HttpsImages(
                Set.of(HOST.authority()),
                HttpsImagesTest::loopback,
                address -> true,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                Duration.ofSeconds(5));

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
        return images(address -> true, Duration.ofSeconds(20)).fetch("https://" + HOST.authority() + path);
    }

    private static RemoteImages images(java.util.function.Predicate<InetAddress> reachable, Duration patience) {
        return new HttpsImages(
                Set.of(ImageHost.NAME, HOST.authority()),
                HttpsImagesTest::loopback,
                reachable,
                HOST.trusting(),
                patience);
    }

    private static Optional<List<InetAddress>> loopback(String host) {
        return Optional.of(List.of(InetAddress.getLoopbackAddress()));
    }
}
