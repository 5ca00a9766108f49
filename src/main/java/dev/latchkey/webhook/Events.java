package dev.latchkey.webhook;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.config.operating.WebhookSettings;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxMessages;
import dev.latchkey.mail.OutboxState;
import io.micronaut.json.JsonMapper;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.annotation.Transactional;
import io.micronaut.transaction.support.TransactionSynchronization;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what happened, together with what made it happen. Where nobody is to be told, nothing is done at all.
 */
@Singleton
public class Events {
    /** The channel of events in the outbox. */
    static final String CHANNEL = "webhook";

    private final OutboxMessages outbox;
    private final WebhookSignals signals;
    private final TransactionOperations<Connection> transactions;
    private final JsonMapper json;
    private final boolean on;
    private final Clock clock;

    Events(
            OutboxMessages outbox,
            WebhookSignals signals,
            TransactionOperations<Connection> transactions,
            JsonMapper json,
            WebhookSettings settings,
            Clock clock) {
        this.outbox = outbox;
        this.signals = signals;
        this.transactions = transactions;
        this.json = json;
        this.on = settings.on();
        this.clock = clock;
    }

    /**
     * Says what happened, as part of the caller's transaction: it is sent if that transaction commits and never was if it
     * does not.
     *
     * @param happened asked for only where somebody is to be told, so it may look things up
     * @throws io.micronaut.transaction.exceptions.IllegalTransactionStateException outside a transaction
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(Supplier<List<Event>> happened) {
        if (on) {
            Instant now = clock.instant();
            List<OutboxMessage> rows =
                    happened.get().stream().map(event -> row(event, now)).toList();
            if (!rows.isEmpty()) {
                outbox.saveAll(rows);
                transactions
                        .findTransactionStatus()
                        .orElseThrow()
                        .registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void afterCompletion(Status status) {
                                signals.wake();
                            }
                        });
            }
        }
    }

    private OutboxMessage row(Event event, Instant now) {
        return new OutboxMessage(
                UuidCreator.getTimeOrderedEpoch(),
                event.type().wire(),
                event.accountId().toString(),
                OutboxState.WAITING,
                now,
                null,
                0,
                null,
                now,
                CHANNEL,
                body(event, now));
    }

    private String body(Event event, Instant now) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("accountId", event.accountId().toString());
        putIfThere(data, "pin", event.pin());
        putIfThere(data, "email", event.email());
        putIfThere(data, "changed", event.changed().isEmpty() ? null : event.changed());
        putIfThere(data, "door", event.door());
        putIfThere(data, "client", event.client());
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", event.type().wire());
        message.put("timestamp", now.toString());
        message.put("data", data);
        try {
            return json.writeValueAsString(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void putIfThere(Map<String, Object> data, String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value);
        }
    }
}
