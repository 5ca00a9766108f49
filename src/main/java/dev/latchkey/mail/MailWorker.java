package dev.latchkey.mail;

import dev.latchkey.config.MailSettings;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one mail after the other over a connection of its own. */
final class MailWorker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(MailWorker.class);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    /** Short, so that a stop need not wait for the mail server. */
    private static final Duration AT_THE_GATE = Duration.ofMillis(250);

    private final MailSource source;
    private final MailKinds kinds;
    private final MailComposer composer;
    private final Fates fates;
    private final SmtpGate gate;
    private final SmtpLine line;
    private final Backoff backoff;
    private final Duration giveUpAfter;
    private final Clock clock;

    MailWorker(
            MailSource source,
            MailKinds kinds,
            MailComposer composer,
            Fates fates,
            SmtpGate gate,
            SmtpLine line,
            Backoff backoff,
            MailSettings settings,
            Clock clock) {
        this.source = source;
        this.kinds = kinds;
        this.composer = composer;
        this.fates = fates;
        this.gate = gate;
        this.line = line;
        this.backoff = backoff;
        this.giveUpAfter = settings.mailGiveUpAfter();
        this.clock = clock;
    }

    /** Works until the source is closed. */
    @Override
    public void run() {
        try {
            while (!source.isClosed()) {
                try {
                    step();
                } catch (RuntimeException e) {
                    LOG.warn("Mails wait: {}", SmtpFailure.printable(e));
                    source.wake();
                    Thread.sleep(AFTER_TROUBLE);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Stopped while a mail was under way");
        } finally {
            line.close();
        }
    }

    /** A connection comes first and a mail second: while the server is away, mails stay as they are. */
    private void step() throws InterruptedException {
        Turn turn = source.await(line.patience(), line.isOpen());
        if (turn == Turn.NONE) {
            line.close();
            return;
        }
        line.check();
        if (!line.isOpen() && gate.isOpen() && !source.isWorthConnecting(turn)) {
            return;
        }
        if (!connected()) {
            source.decline(turn);
            gate.await(AT_THE_GATE);
            return;
        }
        Optional<OutboxMail> taken = source.take(turn);
        if (taken.isPresent()) {
            settle(taken.get());
        }
    }

    private void settle(OutboxMail mail) throws InterruptedException {
        try {
            Fate fate = deliver(mail);
            fates.write(fate);
            if (fate instanceof Fate.Released) {
                source.wake();
            }
        } finally {
            source.done(mail);
        }
    }

    private boolean connected() throws InterruptedException {
        if (line.isOpen()) {
            return true;
        }
        if (!gate.tryPass()) {
            return false;
        }
        Optional<SmtpFailure> failure = line.open();
        if (failure.isEmpty()) {
            gate.opened();
            return true;
        }
        gate.failed(failure.get().text());
        giveBackWhatIsInHand();
        return false;
    }

    /** Another process may still reach the server. */
    private void giveBackWhatIsInHand() throws InterruptedException {
        for (OutboxMail mail : source.drain()) {
            fates.write(new Fate.Released(mail));
            source.done(mail);
            source.wake();
        }
    }

    private Fate deliver(OutboxMail mail) throws InterruptedException {
        if (!source.leaseSuffices(mail)) {
            return new Fate.Released(mail);
        }
        Optional<Letter> letter;
        MimeMessage message;
        try {
            letter = kinds.compose(mail);
            if (letter.isPresent() && letter.get() instanceof Letter.Outdated) {
                kinds.renew(mail, now());
                letter = kinds.compose(mail);
            }
            if (letter.isEmpty()) {
                return new Fate.Dropped(mail);
            }
            if (!(letter.get() instanceof Letter.Message content)) {
                return knock(mail);
            }
            message = composer.compose(mail.id(), content);
        } catch (UnusableAddress e) {
            return new Fate.Parked(mail, "The stored address cannot be mailed to");
        } catch (RuntimeException e) {
            LOG.warn("Mail {} ({}) cannot be written", mail.id(), mail.kind(), e);
            return later(mail, "Cannot be written: " + e.getClass().getSimpleName());
        }
        return send(mail, message);
    }

    private Fate knock(OutboxMail mail) {
        if (line.answers()) {
            return new Fate.Accepted(mail, now());
        }
        line.close();
        return later(mail, "The connection to the mail server broke");
    }

    private Fate send(OutboxMail mail, MimeMessage message) throws InterruptedException {
        SmtpReply reply = line.send(message, false);
        if (reply instanceof SmtpReply.Stale) {
            if (!connected()) {
                return new Fate.Released(mail);
            }
            reply = line.send(message, true);
        }
        return switch (reply) {
            case SmtpReply.Accepted accepted -> new Fate.Accepted(mail, now());
            case SmtpReply.Refused refused -> {
                LOG.warn("Mail {} ({}) is refused and parked: {}", mail.id(), mail.kind(), refused.error());
                yield new Fate.Parked(mail, refused.error());
            }
            case SmtpReply.NotNow notNow -> {
                if (notNow.server()) {
                    gate.failed(notNow.error());
                }
                yield later(mail, notNow.error());
            }
            case SmtpReply.Stale stale -> new Fate.Released(mail);
        };
    }

    private Fate later(OutboxMail mail, String error) {
        Instant now = now();
        if (mail.createdAt().plus(giveUpAfter).isBefore(now)) {
            LOG.warn("Mail {} ({}) is too old and parked: {}", mail.id(), mail.kind(), error);
            return new Fate.Parked(mail, "Given up after " + mail.attempts() + " attempts: " + error);
        }
        LOG.info("Mail {} ({}) waits after attempt {}: {}", mail.id(), mail.kind(), mail.attempts(), error);
        return new Fate.Postponed(mail, now.plus(backoff.after(mail.attempts())), error);
    }

    private Instant now() {
        return clock.instant();
    }
}
