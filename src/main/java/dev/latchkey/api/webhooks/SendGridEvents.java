package dev.latchkey.api.webhooks;

import dev.latchkey.account.Undeliverable;
import dev.latchkey.bounce.MailReport;
import dev.latchkey.config.operating.BounceSettings;
import dev.latchkey.http.JsonFields;
import io.micronaut.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SendGrid: an ECDSA signature (P-256, SHA-256) over a timestamp and the bytes of the body, both in headers ("Event Webhook
 * Security Features"). A body is a list of events.
 */
@Singleton
final class SendGridEvents implements MailProvider {
    static final String SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature";
    static final String TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp";

    private static final Duration OLDEST = Duration.ofMinutes(15);

    private final @Nullable String key;
    private final Clock clock;

    SendGridEvents(BounceSettings settings, Clock clock) {
        this.key = settings.sendgridPublicKey();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "sendgrid";
    }

    @Override
    public boolean isSet() {
        return key != null;
    }

    @Override
    public List<Told> read(HttpHeaders headers, byte[] body) {
        List<String> signatures = headers.getAll(SIGNATURE);
        List<String> timestamps = headers.getAll(TIMESTAMP);
        if (signatures.size() != 1 || timestamps.size() != 1) {
            throw Proof.refused();
        }
        Instant posted = Proof.moment(timestamps.getFirst());
        if (!isSigned(timestamps.getFirst(), body, signatures.getFirst())
                || posted == null
                || !Proof.isFresh(posted, OLDEST, clock)) {
            throw Proof.refused();
        }
        List<Told> all = new ArrayList<>();
        for (@Nullable JsonFields event : JsonFields.parseAll(body, MOST_BYTES)) {
            if (event == null) {
                throw Proof.malformed();
            }
            String unnamed = signatures.getFirst() + " " + all.size();
            report(event, posted)
                    .ifPresent(report -> all.add(new Told(
                            Objects.requireNonNullElse(event.string("sg_event_id"), unnamed), List.of(report))));
        }
        return all;
    }

    private boolean isSigned(String timestamp, byte[] body, String signature) {
        try {
            Signature ecdsa = Signature.getInstance("SHA256withECDSA");
            ecdsa.initVerify(publicKey(Objects.requireNonNull(key)));
            ecdsa.update(timestamp.getBytes(StandardCharsets.UTF_8));
            ecdsa.update(body);
            return ecdsa.verify(Base64.getDecoder().decode(signature.strip()));
        } catch (SignatureException | IllegalArgumentException e) {
            // No signature at all.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key was checked at the start", e);
        }
    }

    private static PublicKey publicKey(String key) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(BounceSettings.derOf(key)));
    }

    private static Optional<MailReport> report(JsonFields event, Instant posted) {
        String name = event.string("event");
        if (name == null) {
            throw Proof.malformed();
        }
        Undeliverable why = switch (name) {
            // The other type is "blocked", which is about us.
            case "bounce" ->
                "bounce".equals(Objects.requireNonNullElse(event.string("type"), "bounce"))
                        ? Undeliverable.BOUNCE
                        : null;
            case "dropped" -> whyDropped(event.string("reason"));
            case "spamreport" -> Undeliverable.COMPLAINT;
            default -> null;
        };
        if (why == null) {
            return Optional.empty();
        }
        String email = event.string("email");
        if (email == null) {
            throw Proof.malformed();
        }
        Instant at = Objects.requireNonNullElse(Proof.moment(event.value("timestamp")), posted);
        return Optional.of(new MailReport(email, why, event.string("smtp-id"), at));
    }

    /** SendGrid keeps a list of its own. */
    private static @Nullable Undeliverable whyDropped(@Nullable String reason) {
        return switch (Objects.requireNonNullElse(reason, "")) {
            case "Bounced Address" -> Undeliverable.BOUNCE;
            case "Spam Reporting Address" -> Undeliverable.COMPLAINT;
            default -> null;
        };
    }
}
