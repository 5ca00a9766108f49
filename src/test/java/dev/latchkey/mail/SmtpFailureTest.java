package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpFailureTest {

    @ParameterizedTest
    @CsvSource({
        // A no to this recipient or this message.
        "550, RECIPIENT, true, false",
        "553, RECIPIENT, true, false",
        "552, MESSAGE, true, false",
        "554, MESSAGE, true, false",
        // Later, perhaps.
        "421, RECIPIENT, false, false",
        "450, RECIPIENT, false, false",
        "452, MESSAGE, false, false",
        // A no to us, whatever we send.
        "451, SENDER, false, true",
        "550, SENDER, false, true",
        "530, RECIPIENT, false, true",
        "535, MESSAGE, false, true"
    })
    void tellsAFinalNoFromTroubleThatPasses(int code, SmtpPhase phase, boolean permanent, boolean server) {
        SmtpFailure failure = new SmtpFailure(code, "");
        assertThat(failure.permanent(phase)).isEqualTo(permanent);
        assertThat(failure.concernsServer(phase)).isEqualTo(server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "554 https://id.example.org/edit/AbCdEfGhIjKlMnOpQrStUvWx is listed",
                "554 link AbCdEfGhIjKlMnOpQrStUvWxYz0123456789 is listed",
                "554 HTTPS://id.example.org/edit/x?AbCdEfGhIjKlMnOpQrStUvWx"
            })
    void keepsLinksAndTokensOut(String text) {
        assertThat(SmtpFailure.scrub(text)).startsWith("554 ").doesNotContainIgnoringCase("AbCdEfGh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"450 4.2.1\r\n450 later\n", "450 \u0000\u001b[31mlater"})
    void saysOneLine(String text) {
        assertThat(SmtpFailure.scrub(text))
                .doesNotContainPattern("\\p{Cntrl}")
                .startsWith("450")
                .endsWith("later");
    }
}
