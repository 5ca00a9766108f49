package dev.latchkey.mail.delivery;

import dev.latchkey.mail.MailComposer;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.MailKinds;
import dev.latchkey.mail.MailMetrics;
import dev.latchkey.mail.OutboxMail;
import dev.latchkey.mail.UnusableAddress;
import dev.latchkey.mail.smtp.SmtpBlame;
import dev.latchkey.mail.smtp.SmtpCircuitBreaker;
import dev.latchkey.mail.smtp.SmtpConnection;
import dev.latchkey.mail.smtp.SmtpConnections;
import dev.latchkey.mail.smtp.SmtpFailure;
import dev.latchkey.mail.smtp.SmtpReply;
import jakarta.inject.Singleton;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries to send one mail and writes down how it went. */
@Singleton
class MailSender {
    private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);

    private final MailClaims claims;
    private final MailKinds kinds;
    private final MailComposer composer;
    private final DeliveryLog fates;
    private final SmtpCircuitBreaker gate;
    private final SmtpConnections lines;
    private final MailPatience patience;
    private final MailMetrics metrics;
    private final Clock clock;

    MailSender(
            MailClaims claims,
            MailKinds kinds,
            MailComposer composer,
            DeliveryLog fates,
            SmtpCircuitBreaker gate,
            SmtpConnections lines,
            MailPatience patience,
            MailMetrics metrics,
            Clock clock) {
        this.claims = claims;
        this.kinds = kinds;
        this.composer = composer;
        this.fates = fates;
        this.gate = gate;
        this.lines = lines;
        this.patience = patience;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Sends a mail.
     *
     * @return whether it was not tried after all and is due again
     */
    boolean send(ClaimedMail claimed) throws InterruptedException {
        if (gate.pause().isPositive()) {
            return giveBack(claimed);
        }
        DeliveryResult fate = attempt(claimed);
        fates.write(fate);
        return fate instanceof DeliveryResult.Released;
    }

    /** Leaves a mail to somebody else. */
    boolean giveBack(ClaimedMail claimed) throws InterruptedException {
        fates.write(new DeliveryResult.Released(claimed.mail()));
        return true;
    }

    private DeliveryResult attempt(ClaimedMail claimed) {
        SmtpConnection line = lines.take();
        boolean whole = false;
        try {
            DeliveryResult fate = attempt(claimed, line);
            whole = true;
            return fate;
        } catch (RuntimeException | Error e) {
            LOG.warn("Mail {} cannot be sent", claimed.mail().id(), e);
            return later(claimed.mail(), "Cannot be sent: " + e.getClass().getSimpleName(), SmtpBlame.MAIL);
        } finally {
            if (!whole) {
                line.close();
            }
            lines.giveBack(line);
        }
    }

    private DeliveryResult attempt(ClaimedMail claimed, SmtpConnection line) {
        OutboxMail mail = claimed.mail();
        if (!connected(line) || !claimed.lasts(claims.oneMail())) {
            return new DeliveryResult.Released(mail);
        }
        Optional<MailContent> letter = letter(mail);
        if (letter.isEmpty()) {
            return new DeliveryResult.Dropped(mail);
        }
        try {
            if (letter.get() instanceof MailContent.Decoy decoy) {
                // Costs what a mail costs.
                composer.compose(mail.id(), decoy.like());
            }
            return letter.get() instanceof MailContent.Message content
                    ? send(claimed, composer.compose(mail.id(), content), line)
                    : knock(mail, line);
        } catch (UnusableAddress e) {
            return new DeliveryResult.Parked(mail, "The stored address cannot be mailed to");
        }
    }

    private Optional<MailContent> letter(OutboxMail mail) {
        Optional<MailContent> letter = kinds.compose(mail);
        if (letter.isPresent() && letter.get() instanceof MailContent.Outdated) {
            kinds.renew(mail, clock.instant());
            return kinds.compose(mail);
        }
        return letter;
    }

    private boolean connected(SmtpConnection line) {
        Optional<SmtpFailure> failure = line.open();
        failure.ifPresent(found -> gate.failed(found.text()));
        return failure.isEmpty();
    }

    private DeliveryResult knock(OutboxMail mail, SmtpConnection line) {
        if (line.answers()) {
            gate.opened();
            return new DeliveryResult.Accepted(mail, clock.instant());
        }
        line.close();
        return later(mail, "The connection to the mail server broke", SmtpBlame.SERVER);
    }

    private DeliveryResult send(ClaimedMail claimed, MimeMessage message, SmtpConnection line) {
        SmtpReply reply = line.send(message, false);
        if (reply instanceof SmtpReply.Stale) {
            // To connect may have taken long.
            if (!connected(line) || !claimed.lasts(claims.oneMail())) {
                return new DeliveryResult.Released(claimed.mail());
            }
            reply = line.send(message, true);
        }
        return fateOf(claimed.mail(), reply);
    }

    private DeliveryResult fateOf(OutboxMail mail, SmtpReply reply) {
        return switch (reply) {
            case SmtpReply.Accepted accepted -> {
                gate.accepted();
                yield new DeliveryResult.Accepted(mail, clock.instant());
            }
            case SmtpReply.Refused refused -> {
                gate.opened();
                LOG.warn("Mail {} ({}) is refused and parked: {}", mail.id(), mail.kind(), refused.error());
                yield new DeliveryResult.Parked(mail, refused.error());
            }
            case SmtpReply.NotNow notNow -> {
                if (notNow.blame() == SmtpBlame.SERVER) {
                    gate.failed(notNow.error());
                } else {
                    gate.opened();
                }
                yield later(mail, notNow.error(), notNow.blame());
            }
            case SmtpReply.Stale stale -> new DeliveryResult.Released(mail);
        };
    }

    private DeliveryResult later(OutboxMail mail, String error, SmtpBlame blame) {
        if (patience.isOver(mail, blame)) {
            LOG.warn("Mail {} ({}) is too old and parked: {}", mail.id(), mail.kind(), error);
            return new DeliveryResult.Parked(mail, "Given up after " + mail.attempts() + " attempts: " + error);
        }
        if (blame == SmtpBlame.MAIL) {
            LOG.info("Mail {} ({}) waits after attempt {}: {}", mail.id(), mail.kind(), mail.attempts(), error);
        } else {
            metrics.refusedUs();
            LOG.warn("Mail {} ({}) waits, the mail server minds us: {}", mail.id(), mail.kind(), error);
        }
        return new DeliveryResult.Postponed(mail, clock.instant().plus(patience.after(mail)), error);
    }
}
