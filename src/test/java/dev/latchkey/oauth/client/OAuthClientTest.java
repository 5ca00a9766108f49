package dev.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.client.ClientDescription;
import dev.latchkey.config.client.RedirectAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OAuthClientTest {
    private static final String REDIRECT = "https://client.example.com/callback";
    private static final String SECRET = "0123456789abcdef";

    /** An address that can hold no document vouches for nobody, whatever stands in it. */
    @ParameterizedTest
    @CsvSource({
        "example,https://Client.example.com/callback,client.example.com",
        "example,exampleapp://callback,exampleapp:",
        "https://Maker.example.com/client.json,https://client.example.com/callback,maker.example.com",
        "https://Maker.example.com/client.json,http://127.0.0.1/callback,maker.example.com",
        "https://maker.example.com,https://client.example.com/callback,client.example.com",
        "https://our own,https://client.example.com/callback,client.example.com"
    })
    void isToldByTheHostOfItsDocumentOrElseOfItsAddress(String id, String redirect, String host) {
        assertThat(client(id, null, null, redirect).host()).isEqualTo(host);
    }

    @Test
    void isToldByTheAddressThatItAsksToBeAnsweredAt() {
        OAuthClient client = client("example", "Example", SECRET, REDIRECT, "http://127.0.0.1/callback");

        assertThat(client.answeredAt(address("http://127.0.0.1:8080/callback")))
                .contains(new OAuthClient(
                        "example", "127.0.0.1", "Example", client.redirectUris(), client.secretDigest()));
        assertThat(client.answeredAt(address(REDIRECT))).contains(client);
        assertThat(client.answeredAt(address(REDIRECT + "/other"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,-",
                "Example Assistant,Example Assistant",
                "Example\u202e Assis\u00adtant,Example Assistant",
                "می\u200cخواهم,می\u200cخواهم",
                "\u200bExample\u00a0,Example",
                "\u2800\u3164,-"
            })
    void hasANameOfWhatCanBeSeenOfIt(@Nullable String said, @Nullable String name) {
        assertThat(client("example", said, null, REDIRECT).name()).isEqualTo(name);
    }

    @Test
    void isProvenByItsOwnSecretAlone() {
        OAuthClient closed = client("example", null, SECRET, REDIRECT);
        assertThat(closed.hasSecret()).isTrue();
        assertThat(closed.isProvenBy(Set.of(SECRET))).isTrue();
        assertThat(closed.isProvenBy(Set.of("another", SECRET, "and another"))).isTrue();
        assertThat(closed.isProvenBy(Set.of("another"))).isFalse();
        assertThat(closed.isProvenBy(Set.of())).isFalse();

        OAuthClient open = client("example", null, null, REDIRECT);
        assertThat(open.hasSecret()).isFalse();
        assertThat(open.isProvenBy(Set.of("", SECRET))).isFalse();
    }

    @Test
    void putsNoSecretIntoALog() {
        assertThat(client("example", null, SECRET, REDIRECT)).hasToString("the client example");
    }

    private static OAuthClient client(String id, @Nullable String name, @Nullable String secret, String... redirects) {
        List<RedirectAddress> addresses =
                Stream.of(redirects).map(OAuthClientTest::address).toList();
        return OAuthClient.of(id, new ClientDescription(id, name, addresses, List.of(), secret));
    }

    private static RedirectAddress address(String text) {
        return RedirectAddress.parse(text).orElseThrow();
    }
}
