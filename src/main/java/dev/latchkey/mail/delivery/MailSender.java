package dev.latchkey.mail.delivery;

import dev.latchkey.mail.ClaimedMessage;
import dev.latchkey.mail.MailComposer;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.MailKinds;
import dev.latchkey.mail.MailStamp;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.smtp.SmtpBlame;
import dev.latchkey.mail.smtp.SmtpCircuitBreaker;
import dev.latchkey.mail.smtp.SmtpReply;
import dev.latchkey.mail.smtp.SmtpSender;
import dev.latchkey.trace.Traces;
import dev.latchkey.trace.Work;
import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.email.Email;
import jakarta.inject.Singleton;
import jakarta.mail.Message;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries to send one mail. */
@Singleton
class MailSender {
    private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);

    private final MailClaims claims;
    private final MailKinds kinds;
    private final MailComposer composer;
    private final SmtpSender smtp;
    private final SmtpCircuitBreaker breaker;
    private final RetryPolicy policy;
    private final List<MailStamp> stamps;
    private final Clock clock;
    private final Traces traces;

    MailSender(
            MailClaims claims,
            MailKinds kinds,
            MailComposer composer,
            SmtpSender smtp,
            SmtpCircuitBreaker breaker,
            RetryPolicy policy,
            List<MailStamp> stamps,
            Clock clock,
            Traces traces) {
        this.claims = claims;
        this.kinds = kinds;
        this.composer = composer;
        this.smtp = smtp;
        this.breaker = breaker;
        this.policy = policy;
        this.stamps = stamps;
        this.clock = clock;
        this.traces = traces;
    }

    /** Sends a mail, and tells how that went; released where it was not tried after all and is due again. */
    DeliveryResult send(ClaimedMessage claimed) {
        OutboxMessage mail = claimed.message();
        try {
            if (breaker.pause().isPositive() || !claimed.lasts(claims.oneMail())) {
                return new DeliveryResult.Released(mail);
            }
            return traced(claimed);
        } catch (CancellationException e) {
            // Its lease would have ended meanwhile.
            return new DeliveryResult.Released(mail);
        } catch (RuntimeException | Error e) {
            LOG.warn("Mail {} cannot be sent", mail.id(), e);
            return policy.failed(mail, "Cannot be sent: " + e.getClass().getSimpleName(), SmtpBlame.MAIL);
        }
    }

    private DeliveryResult traced(ClaimedMessage claimed) {
        OutboxMessage mail = claimed.message();
        String kind = kinds.metricOf(mail.kind());
        try (Work work = traces.begin(Work.Kind.MAIL, "mail " + kind)) {
            work.say("latchkey.mail.kind", kind);
            work.say("latchkey.mail.attempt", mail.attempts());
            if (mail.attempts() == 1) {
                work.waited("outbox", Duration.between(mail.createdAt(), clock.instant()));
            }
            DeliveryResult result = PropagatedContext.getOrEmpty().plus(work).propagate(() -> attempt(claimed));
            work.say("latchkey.mail.result", result.getClass().getSimpleName().toLowerCase(Locale.ROOT));
            if (result instanceof DeliveryResult.Parked) {
                work.failed("parked");
            }
            return result;
        }
    }

    private DeliveryResult attempt(ClaimedMessage claimed) {
        OutboxMessage mail = claimed.message();
        Optional<MailContent> content = traces.step("compose", () -> kinds.compose(mail));
        if (content.isPresent() && content.get() instanceof MailContent.Outdated) {
            kinds.renew(mail, clock.instant());
            content = kinds.compose(mail);
        }
        if (content.isEmpty()) {
            return new DeliveryResult.Dropped(mail);
        }
        return switch (content.get()) {
            case MailContent.Message message -> {
                DeliveryResult result = exchange(claimed, message, smtp::send);
                if (result instanceof DeliveryResult.Accepted) {
                    breaker.accepted();
                }
                yield result;
            }
            // Costs what a mail costs.
            case MailContent.Decoy decoy -> exchange(claimed, decoy.like(), smtp::rehearse);
            case MailContent.Withheld withheld -> {
                DeliveryResult result = exchange(claimed, withheld.like(), smtp::rehearse);
                yield result instanceof DeliveryResult.Accepted ? new DeliveryResult.Withheld(mail) : result;
            }
            case MailContent.Outdated outdated ->
                policy.failed(mail, "Outdated as soon as it was renewed", SmtpBlame.MAIL);
        };
    }

    private DeliveryResult exchange(
            ClaimedMessage claimed,
            MailContent.Message content,
            BiFunction<Email, Consumer<Message>, SmtpReply> conversation) {
        OutboxMessage mail = claimed.message();
        return composer.compose(mail.id(), content)
                .map(composed -> traces.step(
                        "smtp",
                        () -> conversation.apply(composed.email(), message -> {
                            // To connect may have taken long.
                            if (!claimed.lasts(claims.oneMail())) {
                                throw new CancellationException("The lease of the mail ends too soon");
                            }
                            composed.headers().accept(message);
                            stamps.forEach(stamp -> stamp.put(mail, message));
                        })))
                .map(reply -> policy.after(mail, reply))
                .orElseGet(() -> new DeliveryResult.Parked(mail, "The stored address cannot be mailed to"));
    }
}
