package dev.latchkey.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNameTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0 | Firefox · Windows
            Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 | Chrome · Linux
            Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36 | Samsung Internet · Android
            Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0 | Edge · Windows
            Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1 | Safari · iOS
            Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15 | Safari · macOS
            Mozilla/5.0 (Windows NT 10.0) Something/1.0 | Windows
            Mozilla/5.0 | ''
            curl/8.14.1 | curl
            python-requests | python-requests
            okhttp/4.12.0 (anything) | okhttp
            <b>/1 | ''
            none | ''
            """)
    void tellsBrowserAndSystemInAFewWords(String userAgent, String name) {
        assertThat(ClientName.of(userAgent)).isEqualTo(name);
    }

    @Test
    void keepsNothingThatIsLong() {
        assertThat(ClientName.of("a".repeat(41) + "/1")).isEmpty();
        assertThat(ClientName.of("Mozilla/5.0 " + "x".repeat(8000))).isEmpty();
    }
}
