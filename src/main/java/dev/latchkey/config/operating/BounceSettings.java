package dev.latchkey.config.operating;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may tell us what became of mails: each provider by its proof, and a mailbox that reports come to. What is absent is
 * not listened to.
 *
 * @param mailgunSigningKey what Mailgun signs its webhooks with
 * @param sendgridPublicKey what SendGrid's signatures are checked with: base64 of an elliptic curve key (DER)
 * @param postmarkCredentials {@code user:password} that Postmark presents
 * @param sesTopic the topic of Amazon SNS that Amazon SES publishes to, by its ARN
 * @param bounceImapUrl the mailbox of the sender's address, see {@link ReportMailbox}
 * @param bouncePollInterval how often that mailbox is looked into
 */
@ConfigurationProperties("latchkey")
public record BounceSettings(
        @Nullable String mailgunSigningKey,
        @Nullable String sendgridPublicKey,
        @Nullable String postmarkCredentials,
        @Nullable String sesTopic,
        @Nullable String bounceImapUrl,
        @Bindable(defaultValue = "1m") Duration bouncePollInterval) {
    /** The setting that has the mailbox looked into. */
    public static final String IMAP_URL = "latchkey.bounce-imap-url";

    private static final Pattern CREDENTIALS = Pattern.compile("([^:\\p{Cntrl}]+):(\\P{Cntrl}+)");
    private static final Pattern TOPIC =
            Pattern.compile("arn:aws(?:-us-gov)?:sns:([a-z]{2}(?:-[a-z]+)+-\\d):\\d{12}:[A-Za-z0-9_-]{1,256}");
    private static final int SHORTEST_SECRET = 16;

    public BounceSettings {
        mailgunSigningKey = present(mailgunSigningKey);
        sendgridPublicKey = present(sendgridPublicKey);
        postmarkCredentials = present(postmarkCredentials);
        sesTopic = present(sesTopic);
        bounceImapUrl = present(bounceImapUrl);
    }

    private static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** What keeps a text from being Mailgun's key; null when nothing does. */
    public static @Nullable String mailgunObjection(String key, boolean dev) {
        return dev || key.length() >= SHORTEST_SECRET ? null : "is shorter than " + SHORTEST_SECRET + " characters";
    }

    /** What keeps a text from being Postmark's credentials, without repeating any of it; null when nothing does. */
    public static @Nullable String postmarkObjection(String credentials, boolean dev) {
        Matcher parts = CREDENTIALS.matcher(credentials);
        if (!parts.matches()) {
            return "is not a user name and a password with a colon between them";
        }
        return dev || parts.group(2).length() >= SHORTEST_SECRET
                ? null
                : "has a password of fewer than " + SHORTEST_SECRET + " characters";
    }

    /** Whether a text is the ARN of a topic. */
    public static boolean isTopic(String arn) {
        return TOPIC.matcher(arn).matches();
    }

    /** The region of a topic. */
    public static String regionOf(String topic) {
        Matcher arn = TOPIC.matcher(topic);
        if (!arn.matches()) {
            throw new IllegalArgumentException("Not the ARN of a topic");
        }
        return arn.group(1);
    }

    /** A key as consoles show it for copying: without lines, or with those of PEM. */
    public static byte[] derOf(String key) {
        return Base64.getMimeDecoder().decode(key.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", ""));
    }

    /** Says nothing of its values. */
    @Override
    public String toString() {
        return "who may report of mails";
    }
}
