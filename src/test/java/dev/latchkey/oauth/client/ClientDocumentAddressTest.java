package dev.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientDocumentAddressTest {
    private static final String ADDRESS = "https://client.example.com/";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://client.example.com/client.json",
                "https://client.example.com:8443/a/b?c=d",
                "https://client.example.com/%C3%A9",
                "https://192.0.2.1/client.json",
                "https://[2001:db8::1]/client.json"
            })
    void isAnAddressOfADocumentAsItIsWritten(String id) {
        assertThat(ClientDocumentAddress.parse(id).orElseThrow().text()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://client.example.com",
                "https://client.example.com/",
                "https://client.example.com/./client.json",
                "https://client.example.com/a/%2E%2e/client.json",
                "https://client.example.com/..",
                "https://client.example.com/client.json#a",
                "https://a@client.example.com/client.json",
                "https://client.example.com/é.json",
                "https://client.example.com/client .json",
                "https://client.example.com/client\u007f.json",
                "https://cliént.example.com/client.json",
                "https:client.json",
                "HTTPS://client.example.com/client.json",
                "http://client.example.com/client.json"
            })
    void isNoneThatLooksLikeAnother(String id) {
        assertThat(ClientDocumentAddress.parse(id)).isEmpty();
    }

    @Test
    void isNoLongerThanFiveHundredCharacters() {
        String longest = ADDRESS + "a".repeat(500 - ADDRESS.length());
        assertThat(ClientDocumentAddress.parse(longest)).isPresent();
        assertThat(ClientDocumentAddress.parse(longest + "a")).isEmpty();
    }

    @Test
    void namesItsHostInLowerCase() {
        assertThat(ClientDocumentAddress.parse("https://Client.EXAMPLE.com:8443/client.json")
                        .orElseThrow()
                        .host())
                .isEqualTo("client.example.com");
    }

    /** Whatever is meant as one is never looked for among those that registered themselves. */
    @ParameterizedTest
    @CsvSource({"https://client.example.com/,true", "HTTPS:,true", "http://client.example.com/,false", "https,false"})
    void isMeantByItsScheme(String id, boolean meant) {
        assertThat(ClientDocumentAddress.isMeant(id)).isEqualTo(meant);
    }
}
