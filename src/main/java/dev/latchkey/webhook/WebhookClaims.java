package dev.latchkey.webhook;

import dev.latchkey.config.MailSettings;
import dev.latchkey.mail.OutboxClaims;
import dev.latchkey.mail.OutboxMessages;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** Takes due events out of the outbox. */
@Singleton
class WebhookClaims extends OutboxClaims {

    WebhookClaims(
            OutboxMessages outbox, TransactionOperations<Connection> transactions, Clock clock, MailSettings settings) {
        super(
                Events.CHANNEL,
                outbox,
                transactions,
                clock,
                Collections.max(List.of(settings.mailLease(), Endpoint.PATIENCE.multipliedBy(2))),
                longest(settings.mailRetryMost(), EndpointPause.LONGEST));
    }

    private static Duration longest(Duration one, Duration other) {
        return Collections.max(List.of(one, other));
    }
}
