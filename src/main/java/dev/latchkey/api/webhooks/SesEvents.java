package dev.latchkey.api.webhooks;

import dev.latchkey.account.Undeliverable;
import dev.latchkey.bounce.Complaints;
import dev.latchkey.bounce.MailReport;
import dev.latchkey.config.operating.BounceSettings;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.remote.RemoteFiles.Fetched;
import io.micronaut.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Amazon SES, through Amazon SNS: each message is signed with a certificate of SNS, and has to be of the one topic that is set.
 * What SES publishes is a JSON object in it, of an identity's notifications or of a configuration set's events alike.
 */
@Singleton
final class SesEvents implements MailProvider {
    /** SNS tries for an hour. */
    private static final Duration OLDEST = Duration.ofMinutes(75);

    private static final Logger LOG = LoggerFactory.getLogger(SesEvents.class);

    private final @Nullable String topic;
    private final SnsCertificates certificates;
    private final SnsFiles files;
    private final Clock clock;

    SesEvents(BounceSettings settings, SnsCertificates certificates, SnsFiles files, Clock clock) {
        this.topic = settings.sesTopic();
        this.certificates = certificates;
        this.files = files;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "ses";
    }

    @Override
    public boolean isSet() {
        return topic != null;
    }

    @Override
    public List<Told> read(HttpHeaders headers, byte[] body) {
        SnsMessage message = new SnsMessage(JsonFields.parse(body, MOST_BYTES));
        String region = BounceSettings.regionOf(Objects.requireNonNull(topic));
        Instant sent = Proof.iso(message.text("Timestamp"));
        URI certificate = message.address("SigningCertURL");
        // What costs nothing comes first, so that nobody has us fetch for them.
        if (!message.text("TopicArn").equals(topic)
                || sent == null
                || !Proof.isFresh(sent, OLDEST, clock)
                || certificate == null
                || certificates
                        .keyAt(certificate, region)
                        .filter(message::isSignedWith)
                        .isEmpty()) {
            throw Proof.refused();
        }
        if (message.isSubscription()) {
            subscribe(message, region);
        }
        JsonFields event = message.isNotification() ? message.carried() : null;
        // A topic also says that it was set up, in plain words.
        return event == null ? List.of() : List.of(new Told(message.text("MessageId"), reports(event, sent)));
    }

    /** Asking the address is the answer to a topic's question whether we want its messages. */
    private void subscribe(SnsMessage message, String region) {
        URI address = message.address("SubscribeURL");
        if (address == null || !SnsCertificates.isOf(region, address)) {
            throw Proof.refused();
        }
        if (!(files.fetch(address) instanceof Fetched.File)) {
            throw new ProblemException(Problem.of(ProblemType.UNAVAILABLE));
        }
        LOG.info("The subscription to the topic of SES is confirmed");
    }

    private static List<MailReport> reports(JsonFields event, Instant sent) {
        String kind = Objects.requireNonNullElse(event.string("notificationType"), "");
        String type = kind.isEmpty() ? Objects.requireNonNullElse(event.string("eventType"), "") : kind;
        return switch (type) {
            case "Bounce" -> {
                JsonFields bounce = required(event, "bounce");
                yield "Permanent".equals(bounce.string("bounceType"))
                        ? reports(event, bounce.objects("bouncedRecipients"), Undeliverable.BOUNCE, sent)
                        : List.of();
            }
            case "Complaint" -> {
                JsonFields complaint = required(event, "complaint");
                yield Complaints.count(complaint.string("complaintFeedbackType"))
                        ? reports(event, complaint.objects("complainedRecipients"), Undeliverable.COMPLAINT, sent)
                        : List.of();
            }
            default -> List.of();
        };
    }

    private static JsonFields required(JsonFields event, String name) {
        return Optional.ofNullable(event.object(name)).orElseThrow(Proof::malformed);
    }

    private static List<MailReport> reports(
            JsonFields event, @Nullable List<JsonFields> recipients, Undeliverable why, Instant sent) {
        JsonFields mail = required(event, "mail");
        Instant at = Objects.requireNonNullElse(Proof.iso(mail.string("timestamp")), sent);
        String messageId = messageId(mail);
        return Objects.requireNonNullElse(recipients, List.<JsonFields>of()).stream()
                .flatMap(recipient -> Stream.ofNullable(recipient.string("emailAddress")))
                .map(address -> new MailReport(address, why, messageId, at))
                .toList();
    }

    /** SES sends mails under ids of its own, and tells ours where it is told to include the headers. */
    private static @Nullable String messageId(JsonFields mail) {
        return Objects.requireNonNullElse(mail.objects("headers"), List.<JsonFields>of()).stream()
                .filter(header -> "message-id".equalsIgnoreCase(header.string("name")))
                .flatMap(header -> Stream.ofNullable(header.string("value")))
                .findFirst()
                .orElse(null);
    }
}
