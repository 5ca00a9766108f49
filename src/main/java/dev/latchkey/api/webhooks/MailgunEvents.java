package dev.latchkey.api.webhooks;

import dev.latchkey.account.Undeliverable;
import dev.latchkey.bounce.MailReport;
import dev.latchkey.config.operating.BounceSettings;
import dev.latchkey.http.JsonFields;
import io.micronaut.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Mailgun: the body holds an HMAC-SHA256 of a timestamp and a token, which says nothing of the rest of it; so a token is
 * good for one time, whatever came with it ("Securing Webhooks" of its documents).
 */
@Singleton
final class MailgunEvents implements MailProvider {
    private static final Duration OLDEST = Duration.ofMinutes(15);
    private static final int LONGEST_TOKEN = 200;
    private static final String HMAC = "HmacSHA256";

    /** Failures for good that say nothing of the mailbox: gave up waiting, minds Mailgun, unsubscribed. */
    private static final Set<String> OTHERS_FAULT = Set.of("old", "espblock", "suppress-unsubscribe");

    private final @Nullable String key;
    private final Clock clock;

    MailgunEvents(BounceSettings settings, Clock clock) {
        this.key = settings.mailgunSigningKey();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "mailgun";
    }

    @Override
    public boolean isSet() {
        return key != null;
    }

    @Override
    public List<Told> read(HttpHeaders headers, byte[] body) {
        JsonFields posted = JsonFields.parse(body, MOST_BYTES);
        JsonFields proof = posted.objectOrNull("signature");
        if (proof == null) {
            throw Proof.refused();
        }
        String timestamp = text(proof, "timestamp");
        String token = text(proof, "token");
        String signature = text(proof, "signature").toLowerCase(Locale.ROOT);
        Instant at = Proof.moment(timestamp);
        if (token.isEmpty()
                || token.length() > LONGEST_TOKEN
                || !isSigned(timestamp + token, signature)
                || at == null
                || !Proof.isFresh(at, OLDEST, clock)) {
            throw Proof.refused();
        }
        JsonFields event = posted.object("event-data");
        if (event == null) {
            throw Proof.malformed();
        }
        return List.of(new Told(token, report(event, at).stream().toList()));
    }

    /** Of another type than it should be, it proves nothing. */
    private static String text(JsonFields proof, String name) {
        return Objects.toString(proof.value(name), "");
    }

    private boolean isSigned(String signed, String signature) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(Objects.requireNonNull(key).getBytes(StandardCharsets.UTF_8), HMAC));
            String expected = HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
            return MessageDigest.isEqual(
                    expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA256", e);
        }
    }

    private static Optional<MailReport> report(JsonFields event, Instant posted) {
        String name = event.string("event");
        if (name == null) {
            throw Proof.malformed();
        }
        Undeliverable why = switch (name) {
            case "failed" -> isForGood(event) ? Undeliverable.BOUNCE : null;
            case "complained" -> Undeliverable.COMPLAINT;
            default -> null;
        };
        if (why == null) {
            return Optional.empty();
        }
        String recipient = event.string("recipient");
        if (recipient == null) {
            throw Proof.malformed();
        }
        Instant at = Objects.requireNonNullElse(Proof.moment(event.value("timestamp")), posted);
        return Optional.of(new MailReport(recipient, why, messageId(event), at));
    }

    private static boolean isForGood(JsonFields event) {
        return "permanent".equals(event.string("severity"))
                && !OTHERS_FAULT.contains(Objects.requireNonNullElse(event.string("reason"), ""));
    }

    /** Told without its angle brackets. */
    private static @Nullable String messageId(JsonFields event) {
        JsonFields message = event.objectOrNull("message");
        JsonFields headers = message == null ? null : message.objectOrNull("headers");
        String id = headers == null ? null : headers.string("message-id");
        return id == null ? null : "<" + id.replaceAll("[<>]", "") + ">";
    }
}
