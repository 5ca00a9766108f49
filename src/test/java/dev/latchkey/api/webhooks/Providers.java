package dev.latchkey.api.webhooks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Client;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Posts what mail providers post, with their proof: the samples in {@code src/test/resources/bounces}. */
final class Providers {
    static final String MAILGUN_KEY = "a-signing-key-of-mailgun";
    static final String POSTMARK = "postmark:a password: with a colon";
    static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:bounces";
    static final String HOST = "https://sns.eu-central-1.amazonaws.com";
    static final String CERTIFICATE = HOST + "/SimpleNotificationService-0123456789abcdef.pem";

    private static final KeyPair SENDGRID = p256();
    private static final SnsKeys SNS = SnsKeys.of("sns.amazonaws.com", "-3000d", 6000);
    private static final AtomicInteger NUMBER = new AtomicInteger(1000);
    private static final ObjectMapper JSON = new ObjectMapper();

    static final Map<String, Object> SETTINGS = Map.of(
            "test.sns",
            true,
            "latchkey.mailgun-signing-key",
            MAILGUN_KEY,
            "latchkey.sendgrid-public-key",
            Base64.getEncoder().encodeToString(SENDGRID.getPublic().getEncoded()),
            "latchkey.postmark-credentials",
            POSTMARK,
            "latchkey.ses-topic",
            TOPIC);

    private final Client api;
    private final SnsHost sns;

    Providers(Client api) {
        this.api = api;
        sns = api.server().getApplicationContext().getBean(SnsHost.class);
        sns.put(CERTIFICATE, SNS.pem());
    }

    /**
     * A call, as it goes over the wire.
     *
     * @param headers names and values
     */
    record Post(String provider, String body, List<String> headers) {
        Post with(String changed) {
            return new Post(provider, changed, headers);
        }

        Post without(String header) {
            List<String> left = new ArrayList<>(headers);
            int at = left.indexOf(header);
            left.remove(at);
            left.remove(at);
            return new Post(provider, body, left);
        }
    }

    Answer send(Post post) {
        return api.send(
                "POST",
                "/webhooks/mail/" + post.provider(),
                post.body(),
                post.headers().toArray(String[]::new));
    }

    /** Posts a sample about an address. */
    Answer send(String sample, String email) {
        return send(post(sample, email));
    }

    /** A sample about an address, sent and signed now. */
    Post post(String sample, String email) {
        return post(sample, email, api.clock().instant());
    }

    /** The same, signed at another time. */
    Post post(String sample, String email, Instant signed) {
        String event = sample(sample)
                .replace("@email@", email)
                .replace("@seconds@", Long.toString(api.clock().instant().getEpochSecond()))
                .replace("@iso@", api.clock().instant().toString())
                .replace("@event@", UUID.randomUUID().toString())
                .replace("@number@", Integer.toString(NUMBER.incrementAndGet()));
        return switch (sample.substring(0, sample.indexOf('-'))) {
            case "mailgun" -> mailgun(event, signed, UUID.randomUUID().toString());
            case "sendgrid" -> sendgrid(event, signed);
            case "postmark" -> postmark(event, POSTMARK);
            default -> ses(SNS, "2", notification(event, signed));
        };
    }

    static String sample(String name) {
        try (InputStream in = Providers.class.getResourceAsStream("/bounces/" + name + ".json")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Post mailgun(String event, Instant signed, String token) {
        String timestamp = Long.toString(signed.getEpochSecond());
        return new Post(
                "mailgun",
                event.replace("@token@", token)
                        .replace("@posted@", timestamp)
                        .replace("@signature@", hmac(MAILGUN_KEY, timestamp + token)),
                List.of("Content-Type", "application/json"));
    }

    static Post sendgrid(String events, Instant signed) {
        String timestamp = Long.toString(signed.getEpochSecond());
        return new Post(
                "sendgrid",
                events,
                List.of(
                        "Content-Type",
                        "application/json",
                        SendGridEvents.SIGNATURE,
                        ecdsa(SENDGRID.getPrivate(), timestamp + events),
                        SendGridEvents.TIMESTAMP,
                        timestamp));
    }

    static Post postmark(String record, String credentials) {
        return new Post(
                "postmark",
                record,
                List.of(
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8))));
    }

    /** What SNS posts with a message of SES in it, without the signature. */
    static Map<String, String> notification(String event, Instant sent) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("Type", "Notification");
        members.put("MessageId", UUID.randomUUID().toString());
        members.put("TopicArn", TOPIC);
        members.put("Subject", "Amazon SES Email Event Notification");
        members.put("Message", event);
        members.put("Timestamp", sent.toString());
        members.put("SigningCertURL", CERTIFICATE);
        members.put("UnsubscribeURL", HOST + "/?Action=Unsubscribe&SubscriptionArn=" + TOPIC + ":1");
        return members;
    }

    /** What SNS asks with whether we want the topic's messages. */
    static Map<String, String> subscription(Instant sent, String address) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("Type", "SubscriptionConfirmation");
        members.put("MessageId", UUID.randomUUID().toString());
        members.put("Token", "2336412f37fb687f5d51e6e2425929f5");
        members.put("TopicArn", TOPIC);
        members.put("Message", "You have chosen to subscribe to the topic " + TOPIC + ".\nTo confirm, visit it.");
        members.put("SubscribeURL", address);
        members.put("Timestamp", sent.toString());
        members.put("SigningCertURL", CERTIFICATE);
        return members;
    }

    static Post ses(String version, Map<String, String> members) {
        return ses(SNS, version, members);
    }

    static Post ses(SnsKeys keys, String version, Map<String, String> members) {
        Map<String, String> all = new LinkedHashMap<>(members);
        StringBuilder signed = new StringBuilder();
        for (String name :
                List.of("Message", "MessageId", "SubscribeURL", "Subject", "Timestamp", "Token", "TopicArn", "Type")) {
            if (members.containsKey(name)) {
                signed.append(name).append('\n').append(members.get(name)).append('\n');
            }
        }
        all.put("SignatureVersion", version);
        all.put("Signature", keys.sign(signed.toString(), version.equals("1") ? "SHA1withRSA" : "SHA256withRSA"));
        try {
            return new Post(
                    "ses",
                    JSON.writeValueAsString(all),
                    List.of(
                            "Content-Type",
                            "text/plain; charset=UTF-8",
                            "x-amz-sns-message-type",
                            members.getOrDefault("Type", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ecdsa(PrivateKey key, String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair p256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
