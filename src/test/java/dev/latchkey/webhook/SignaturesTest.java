package dev.latchkey.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.operating.WebhookSettings;
import org.junit.jupiter.api.Test;

class SignaturesTest {
    /** Of the specification's own verifiers. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final String OTHER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx";

    @Test
    void areThoseOfTheSpecification() {
        assertThat(signature(SECRET)).isEqualTo(SIGNED);
    }

    @Test
    void thereIsOneForEachSecretWhileOneTakesThePlaceOfAnother() {
        String both = signature(OTHER) + " " + SIGNED;
        assertThat(signature(OTHER + "," + SECRET)).isEqualTo(both);
        assertThat(signature(OTHER + "\n " + SECRET + " ")).isEqualTo(both);
    }

    @Test
    void noSecretIsSaidByItsSettings() {
        assertThat(settings(SECRET)).hasToString("webhooks are sent");
        assertThat(new WebhookSettings(" ", null)).hasToString("no webhooks");
    }

    private static String signature(String secret) {
        return new Signatures(settings(secret))
                .of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}");
    }

    private static WebhookSettings settings(String secret) {
        return new WebhookSettings("https://app.example.com/hooks?token=abc", secret);
    }
}
