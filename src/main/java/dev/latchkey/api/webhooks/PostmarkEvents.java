package dev.latchkey.api.webhooks;

import dev.latchkey.account.Undeliverable;
import dev.latchkey.bounce.MailReport;
import dev.latchkey.config.operating.BounceSettings;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import io.micronaut.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Postmark: signs nothing, and presents a user name and password (basic authentication, RFC 7617) that are written into the
 * webhook's address. It has a webhook for each kind of record.
 */
@Singleton
final class PostmarkEvents implements MailProvider {
    private static final String SCHEME = "Basic ";

    /** Those after which Postmark itself sends no more: unknown mailbox, no address at all, switched off by hand. */
    private static final Set<String> FOR_GOOD = Set.of("HardBounce", "BadEmailAddress", "ManuallyDeactivated");

    private final byte @Nullable [] credentials;
    private final Clock clock;

    PostmarkEvents(BounceSettings settings, Clock clock) {
        String text = settings.postmarkCredentials();
        this.credentials = text == null ? null : DigestUtils.sha256(text);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "postmark";
    }

    @Override
    public boolean isSet() {
        return credentials != null;
    }

    @Override
    public List<Told> read(HttpHeaders headers, byte[] body) {
        if (!isPresented(headers.getAll(HttpHeaders.AUTHORIZATION))) {
            throw new ProblemException(Problem.of(ProblemType.UNAUTHORIZED));
        }
        JsonFields record = JsonFields.parse(body, MOST_BYTES);
        String type = record.string("RecordType");
        if (type == null) {
            throw Proof.malformed();
        }
        Undeliverable why = switch (type) {
            case "Bounce" -> why(record);
            case "SpamComplaint" -> Undeliverable.COMPLAINT;
            default -> null;
        };
        if (why == null) {
            return List.of();
        }
        String email = record.string("Email");
        if (email == null) {
            throw Proof.malformed();
        }
        String number = record.digits("ID");
        Instant at = Objects.requireNonNullElse(Proof.iso(record.string("BouncedAt")), clock.instant());
        String id = number == null ? DigestUtils.sha256Hex(body) : type + " " + number;
        return List.of(new Told(id, List.of(new MailReport(email, why, null, at))));
    }

    /** Compares digests, so that time tells neither the length nor anything else of them. */
    private boolean isPresented(List<String> headers) {
        if (headers.size() != 1 || !headers.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        try {
            byte[] presented = Base64.getDecoder()
                    .decode(headers.getFirst().substring(SCHEME.length()).strip());
            return MessageDigest.isEqual(credentials, DigestUtils.sha256(presented));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable Undeliverable why(JsonFields bounce) {
        String type = Objects.requireNonNullElse(bounce.string("Type"), "");
        if (type.equals("SpamComplaint")) {
            return Undeliverable.COMPLAINT;
        }
        return FOR_GOOD.contains(type) ? Undeliverable.BOUNCE : null;
    }
}
