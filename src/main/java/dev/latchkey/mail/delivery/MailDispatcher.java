package dev.latchkey.mail.delivery;

import dev.latchkey.config.MailSettings;
import dev.latchkey.mail.ClaimedMessage;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.smtp.SmtpCircuitBreaker;
import dev.latchkey.mail.smtp.SmtpSender;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One thread claims due mails that are not in the queue already, in batches, and workers take one at a time and send it.
 * Both go on after any failure: {@link MailDelivery} calls again.
 */
@Singleton
class MailDispatcher {
    /** Few enough to be sent well within a lease, enough to make the claim's commit cheap per mail. */
    private static final int BATCH = 32;

    private final MailClaims claims;
    private final MailQueue queue;
    private final MailSender sender;
    private final DeliveryLog log;
    private final SmtpCircuitBreaker breaker;
    private final SmtpSender smtp;
    private final Duration pollInterval;

    /** What workers are at. */
    private final Set<UUID> inHand = ConcurrentHashMap.newKeySet();

    private long polledAt = System.nanoTime();
    private volatile long movedAt = System.nanoTime();

    MailDispatcher(
            MailClaims claims,
            MailQueue queue,
            MailSender sender,
            DeliveryLog log,
            SmtpCircuitBreaker breaker,
            SmtpSender smtp,
            MailSettings settings) {
        this.claims = claims;
        this.queue = queue;
        this.sender = sender;
        this.log = log;
        this.breaker = breaker;
        this.smtp = smtp;
        pollInterval = settings.mailPollInterval();
    }

    void open() {
        moved();
        queue.open();
    }

    /** For how long no mail was begun or ended, and the mail server not tried either; zero while this is closed. */
    Duration stillFor() {
        return queue.isOpen() ? Duration.ofNanos(System.nanoTime() - movedAt) : Duration.ZERO;
    }

    boolean hasMailsInHand() {
        return !inHand.isEmpty();
    }

    /** Waits for a signal or for a while, and puts what is due into the queue; false once this is closed. */
    boolean claim() throws InterruptedException {
        Duration pause = breaker.pause();
        boolean signalled =
                queue.awaitSignal(pause.isPositive() ? Collections.min(List.of(pause, pollInterval)) : pollInterval);
        if (System.nanoTime() - polledAt >= pollInterval.toNanos()) {
            polledAt = System.nanoTime();
            smtp.closeIdle();
            claims.bringForward();
        }
        boolean more = signalled || claims.anyDueFor(Duration.ZERO);
        while (more && queue.isOpen() && serverMayBeThere()) {
            more = queue.claim(breaker.isClosed() ? BATCH : 1) == BATCH;
        }
        return queue.isOpen();
    }

    /** A connection comes first and a mail second: while the server is away, mails stay as they are. */
    private boolean serverMayBeThere() {
        if (breaker.isClosed()) {
            return true;
        }
        if (hasMailsInHand() || !queue.isEmpty() || breaker.pause().isPositive()) {
            return false;
        }
        moved();
        if (!claims.anyDueFor(Duration.ZERO)) {
            return false;
        }
        Optional<String> failure = smtp.connect();
        failure.ifPresent(breaker::failed);
        return failure.isEmpty();
    }

    /** Waits for a mail and sends it; false when the worker is to end. */
    boolean work() throws InterruptedException {
        Optional<ClaimedMessage> next = queue.take();
        if (next.isPresent()) {
            work(next.get());
        }
        return next.isPresent();
    }

    private void work(ClaimedMessage claimed) throws InterruptedException {
        OutboxMessage mail = claimed.message();
        if (!inHand.add(mail.id())) {
            // It came by again, because its lease ended while its result could not be written.
            return;
        }
        moved();
        boolean again = !breaker.isClosed();
        DeliveryResult result = new DeliveryResult.Released(mail);
        try {
            if (queue.isOpen()) {
                result = sender.send(claimed);
            }
            if (!(result instanceof DeliveryResult.Released)) {
                log.write(result);
            }
        } finally {
            inHand.remove(mail.id());
            moved();
            if (result instanceof DeliveryResult.Released) {
                again = true;
                // No longer in hand: as soon as this is written, the mail may come by again, and is to be sent then.
                log.write(result);
            }
            if (again) {
                queue.wake(Duration.ZERO);
            }
        }
    }

    private void moved() {
        movedAt = System.nanoTime();
    }
}
