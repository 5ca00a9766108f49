package dev.latchkey.config.checks;

import static dev.latchkey.config.checks.ConfigurationRule.right;
import static dev.latchkey.config.checks.ConfigurationRule.value;

import dev.latchkey.config.operating.BounceSettings;
import dev.latchkey.config.operating.ReportMailbox;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must be true of the settings by which we hear what became of mails. */
final class BounceRules {
    private static final int BITS = 256;

    static final List<ConfigurationRule> ALL = List.of(
            value(
                    "latchkey.mailgun-signing-key",
                    BounceSettings::mailgunObjection,
                    "Set it to the HTTP webhook signing key that Mailgun shows"),
            value(
                    "latchkey.sendgrid-public-key",
                    (key, dev) -> sendgridObjection(key),
                    "Set it to the verification key of SendGrid's signed event webhook"),
            value(
                    "latchkey.postmark-credentials",
                    BounceSettings::postmarkObjection,
                    "Set it to a user name and what \"openssl rand -hex 32\" prints, as in postmark:6f1c..."),
            right(
                    "latchkey.ses-topic",
                    BounceSettings::isTopic,
                    "Set it to the ARN of the topic, such as arn:aws:sns:eu-central-1:123456789012:bounces"),
            value(
                    BounceSettings.IMAP_URL,
                    ReportMailbox::objection,
                    "Set it to a mailbox such as imaps://user:password@imap.example.com/INBOX, with what is no letter or"
                            + " digit in the password percent-encoded"));

    private BounceRules() {}

    private static @Nullable String sendgridObjection(String key) {
        try {
            boolean p256 =
                    KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(BounceSettings.derOf(key)))
                                    instanceof ECPublicKey ec
                            && ec.getParams().getCurve().getField().getFieldSize() == BITS;
            return p256 ? null : "is no key of the curve P-256";
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return "is not the base64 of a public key";
        }
    }
}
