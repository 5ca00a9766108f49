package dev.latchkey.config.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.operating.BounceSettings;
import dev.latchkey.config.operating.ReportMailbox;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.convert.ConversionService;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BounceRulesTest {
    private static final String IMAP_CURE =
            ". Set it to a mailbox such as imaps://user:password@imap.example.com/INBOX, with what is no letter or"
                    + " digit in the password percent-encoded.";

    @Test
    @DisplayName("takes what providers show, and a mailbox")
    void takesGoodOnes() throws Exception {
        assertThat(findings(Map.of(
                        "latchkey.mailgun-signing-key",
                        "0123456789abcdef",
                        "latchkey.sendgrid-public-key",
                        key("secp256r1"),
                        "latchkey.postmark-credentials",
                        "postmark:0123456789abcdef",
                        "latchkey.ses-topic",
                        "arn:aws:sns:eu-central-1:123456789012:bounces",
                        "latchkey.bounce-imap-url",
                        "imaps://latchkey%40example.com:p%40ss@imap.example.com/INBOX")))
                .isEmpty();
    }

    @ParameterizedTest
    @DisplayName("names what is wrong without repeating a secret")
    @CsvSource(
            delimiter = '|',
            value = {
                "mailgun-signing-key|short-secret|LATCHKEY_MAILGUN_SIGNING_KEY: is shorter than 16 characters.",
                "postmark-credentials|short-secret|LATCHKEY_POSTMARK_CREDENTIALS: is not a user name and a password",
                "postmark-credentials|a:short-secret|LATCHKEY_POSTMARK_CREDENTIALS: has a password of fewer than 16",
                "sendgrid-public-key|short-secret|LATCHKEY_SENDGRID_PUBLIC_KEY: is not the base64 of a public key.",
                "ses-topic|bounces|LATCHKEY_SES_TOPIC: is \"bounces\". Set it to the ARN of the topic",
                "bounce-poll-interval|0s|LATCHKEY_BOUNCE_POLL_INTERVAL: is \"0s\". Set it to a duration"
            })
    void refusesBadOnes(String setting, String value, String begin) {
        assertThat(findings(Map.of("latchkey." + setting, value)))
                .singleElement()
                .asString()
                .startsWith(begin)
                .doesNotContain("short-secret");
    }

    @Test
    @DisplayName("wants a key of the curve that SendGrid signs with")
    void refusesOtherCurves() throws Exception {
        assertThat(findings(Map.of("latchkey.sendgrid-public-key", key("secp384r1"))))
                .containsExactly(
                        "LATCHKEY_SENDGRID_PUBLIC_KEY: is no key of the curve P-256. Set it to the verification key"
                                + " of SendGrid's signed event webhook.");
    }

    @ParameterizedTest
    @DisplayName("refuses a mailbox that cannot be one, or whose password would go in the clear")
    @CsvSource(
            delimiter = '|',
            value = {
                "imap.example.com|does not begin with imaps://",
                "https://u:secret@imap.example.com/|does not begin with imaps://",
                "imaps://u:sec ret@imap.example.com/INBOX|is not an address",
                "imaps://u:sec/ret@imap.example.com/INBOX|has no host that can be read",
                "imaps://imap.example.com/INBOX|has no user name and password",
                "imaps://u@imap.example.com/INBOX|has no user name and password",
                "imaps://u:@imap.example.com/INBOX|has no user name and password",
                "imaps://u:secret@imap.example.com/INBOX?x=1|has something behind the folder",
                "imap://u:secret@imap.example.com/INBOX|would send its password in the clear",
                "imap://u:secret@10.0.0.1/INBOX|would send its password in the clear"
            })
    void refusesBadMailboxes(String address, String wrong) {
        assertThat(findings(Map.of("latchkey.bounce-imap-url", address)))
                .containsExactly("LATCHKEY_BOUNCE_IMAP_URL: " + wrong + IMAP_CURE);
    }

    @ParameterizedTest
    @DisplayName("lets a mailbox on this machine go without TLS")
    @ValueSource(strings = {"imap://u:s@127.0.0.1:3143/INBOX", "imap://u:s@localhost", "imap://u:s@[::1]/"})
    void takesPlainOnesHere(String address) {
        assertThat(findings(Map.of("latchkey.bounce-imap-url", address))).isEmpty();
    }

    @Test
    @DisplayName("tells neither a password nor a key when it is printed")
    void printsNoSecrets() {
        ReportMailbox mailbox = ReportMailbox.parse("imaps://me%40example.com:p%40ss+word@imap.example.com");
        assertThat(mailbox)
                .isEqualTo(new ReportMailbox(true, "imap.example.com", 993, "me@example.com", "p@ss+word", "INBOX"))
                .hasToString("imaps://imap.example.com:993/INBOX");
        assertThat(new BounceSettings("k1-secret", "k2-secret", "u:k3-secret", "t", "k4-secret", Duration.ofMinutes(1))
                        .toString())
                .doesNotContain("secret");
    }

    private static String key(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
    }

    private static List<String> findings(Map<String, Object> settings) {
        try (ApplicationContext context =
                ApplicationContext.builder("test").properties(settings).build()) {
            context.getEnvironment().start();
            SettingValues values = new SettingValues(context.getEnvironment(), ConversionService.SHARED, false);
            return Stream.concat(
                            BounceRules.ALL.stream(),
                            ConfigurationRules.all(false)
                                    .filter(rule -> rule.key().equals("latchkey.bounce-poll-interval")))
                    .flatMap(rule -> rule.lines(values))
                    .toList();
        }
    }
}
