package dev.latchkey.api.webhooks;

import dev.latchkey.http.JsonFields;
import dev.latchkey.http.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message that says it is of Amazon SNS; its members count for nothing before {@link #isSignedWith}. */
record SnsMessage(JsonFields members) {
    private static final List<String> OF_A_NOTIFICATION =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> OF_A_CONFIRMATION =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

    /** A member; empty where there is none, or it is no text. */
    String text(String name) {
        return members.value(name) instanceof String text ? text : "";
    }

    boolean isNotification() {
        return text("Type").equals("Notification");
    }

    boolean isSubscription() {
        return text("Type").equals("SubscriptionConfirmation");
    }

    /** An address in it; null where it is none. */
    @Nullable
    URI address(String name) {
        try {
            return new URI(text(name));
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** The JSON object that it carries; null where it carries something else. */
    @Nullable
    JsonFields carried() {
        try {
            return members.objectOrNull("Message");
        } catch (ProblemException e) {
            return null;
        }
    }

    /** Whether the key signed it, with either version of the signature. */
    boolean isSignedWith(PublicKey key) {
        String algorithm = switch (Objects.toString(members.value("SignatureVersion"))) {
            case "1" -> "SHA1withRSA";
            case "2" -> "SHA256withRSA";
            default -> null;
        };
        if (algorithm == null) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initVerify(key);
            signature.update(canonical().getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(text("Signature")));
        } catch (SignatureException | IllegalArgumentException e) {
            // No signature at all.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Names and values, each in a line of its own; a subject that is absent is left out with its name. */
    private String canonical() {
        StringBuilder signed = new StringBuilder();
        for (String name : isNotification() ? OF_A_NOTIFICATION : OF_A_CONFIRMATION) {
            if (members.has(name)) {
                signed.append(name).append('\n').append(text(name)).append('\n');
            }
        }
        return signed.toString();
    }
}
