package dev.latchkey.webhook;

import dev.latchkey.config.MailSettings;
import dev.latchkey.mail.ClaimedMessage;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxMessages;
import dev.latchkey.mail.pause.Backoff;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries to send one event, and writes down what became of it. */
@Singleton
class WebhookSender {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);

    /** Between tries to write a result down. */
    private static final Duration BEAT = Duration.ofMillis(200);

    /** An event that is given up was tried so often, too: a clock may have been wrong for a moment. */
    private static final int FEWEST_ATTEMPTS = 8;

    private final Endpoint endpoint;
    private final EndpointPause pause;
    private final Backoff backoff;
    private final OutboxMessages outbox;
    private final TransactionOperations<Connection> transactions;
    private final WebhookMetrics metrics;
    private final Duration giveUpAfter;
    private final Clock clock;

    WebhookSender(
            Endpoint endpoint,
            EndpointPause pause,
            Backoff backoff,
            OutboxMessages outbox,
            TransactionOperations<Connection> transactions,
            WebhookMetrics metrics,
            MailSettings settings,
            Clock clock) {
        this.endpoint = endpoint;
        this.pause = pause;
        this.backoff = backoff;
        this.outbox = outbox;
        this.transactions = transactions;
        this.metrics = metrics;
        this.giveUpAfter = settings.mailGiveUpAfter();
        this.clock = clock;
    }

    /** Sends an event, unless its lease is too short or the endpoint is left alone: then it is given back untouched. */
    void send(ClaimedMessage claimed) throws InterruptedException {
        if (!claimed.lasts(Endpoint.PATIENCE) || pause.lasts()) {
            giveBack(claimed);
            return;
        }
        OutboxMessage event = claimed.message();
        switch (endpoint.post(event.id(), Objects.requireNonNull(event.body()))) {
            case Reply.Taken taken -> {
                pause.answered();
                write(claimed, rows -> rows.remove(event.id()));
                metrics.sent(event.kind());
            }
            case Reply.Gone gone -> {
                pause.answered();
                park(claimed, "answered 410, wants no events any more");
            }
            case Reply.Refused refused -> {
                pause.answered();
                failed(claimed, refused.error(), Duration.ZERO);
            }
            case Reply.Unusable unusable -> {
                pause.failed(unusable.error(), unusable.asked());
                failed(claimed, unusable.error(), unusable.asked());
            }
        }
    }

    /** It was not tried. Where that cannot be written, its lease ends by itself. */
    void giveBack(ClaimedMessage claimed) {
        OutboxMessage event = claimed.message();
        transactions.executeWrite(status -> outbox.release(event.id(), event.leasedBy(), clock.instant()));
    }

    private void failed(ClaimedMessage claimed, String error, Duration asked) throws InterruptedException {
        OutboxMessage event = claimed.message();
        Instant now = clock.instant();
        if (event.attempts() >= FEWEST_ATTEMPTS
                && event.createdAt().plus(giveUpAfter).isBefore(now)) {
            park(claimed, "Given up after " + event.attempts() + " attempts: " + error);
            return;
        }
        LOG.info("Event {} ({}) waits after attempt {}: {}", event.id(), event.kind(), event.attempts(), error);
        Instant due = now.plus(Collections.max(List.of(backoff.after(event.attempts()), asked)));
        write(claimed, rows -> rows.postpone(event.id(), event.leasedBy(), due, error));
        metrics.retried(event.kind());
    }

    private void park(ClaimedMessage claimed, String error) throws InterruptedException {
        OutboxMessage event = claimed.message();
        LOG.warn("Event {} ({}) is parked: {}", event.id(), event.kind(), error);
        write(claimed, rows -> rows.park(event.id(), event.leasedBy(), error));
        metrics.undeliverable(event.kind());
    }

    /** However long the database is away, until the lease ends: then the event is anybody's, and is sent once more. */
    private void write(ClaimedMessage claimed, ToIntFunction<OutboxMessages> result) throws InterruptedException {
        while (true) {
            try {
                transactions.executeWrite(status -> result.applyAsInt(outbox));
                return;
            } catch (RuntimeException e) {
                if (!claimed.lasts(BEAT)) {
                    throw e;
                }
                Thread.sleep(BEAT);
            }
        }
    }
}
