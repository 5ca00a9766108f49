package dev.latchkey.mail;

import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What operators see of the outbox, and what they may do with it. */
@Singleton
public class OutboxOperations {
    /** Put back in one transaction. */
    private static final int STEP = 500;

    /** Before every id. */
    private static final UUID FIRST = new UUID(0, 0);

    private final OutboxMessages messages;
    private final MailKinds kinds;
    private final TransactionOperations<Connection> transactions;
    private final Clock clock;

    OutboxOperations(
            OutboxMessages messages, MailKinds kinds, TransactionOperations<Connection> transactions, Clock clock) {
        this.messages = messages;
        this.kinds = kinds;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The whole outbox in a few numbers; reads every row. */
    public List<OutboxMessages.Count> count() {
        return messages.count();
    }

    /** Mails that were given up, the longest due first. */
    public List<OutboxEntry> parked(int most) {
        return kinds.entries(messages.findParked(most));
    }

    /** Mails that wait, those first that are due next. */
    public List<OutboxEntry> waiting(int most) {
        return kinds.entries(messages.findWaiting(most));
    }

    /**
     * What has not left, in the order in which it was put in.
     *
     * @param state absent for both
     * @param after the one with this id; absent for the first
     */
    public List<OutboxEntry> entries(@Nullable OutboxState state, @Nullable UUID after, int most) {
        List<String> states = Arrays.stream(OutboxState.values())
                .filter(each -> state == null || each == state)
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
        return kinds.entries(messages.findAfter(states, after == null ? FIRST : after, most));
    }

    /** One of them; empty when it is not there, perhaps no more. */
    public Optional<OutboxEntry> entry(UUID id) {
        return kinds.entries(messages.findById(id).stream().toList()).stream().findFirst();
    }

    /**
     * Takes something out that is not to be sent: what hangs on it ends as if it could not be delivered. What a worker has
     * in hand at that moment may leave all the same.
     *
     * @return false when it is not there
     */
    public boolean remove(UUID id) {
        return transactions.executeWrite(status -> {
            OutboxMessage message = messages.findById(id).orElse(null);
            if (message == null || messages.remove(id) == 0) {
                return false;
            }
            if (message.state() == OutboxState.WAITING) {
                kinds.find(message).ifPresent(kind -> kind.undeliverable(message, clock.instant()));
            }
            return true;
        });
    }

    /**
     * Puts parked messages back in the queue, due at once, with their age counted and their links made anew.
     *
     * @return how many there were; ids that are not parked are passed over
     */
    public int retry(Collection<UUID> ids) {
        return transactions.executeWrite(status -> {
            Instant now = clock.instant();
            int found = 0;
            for (UUID id : ids) {
                if (messages.unpark(id, now) == 1) {
                    messages.findById(id).ifPresent(message -> kinds.renew(message, now));
                    found++;
                }
            }
            return found;
        });
    }

    /** Puts all parked messages back in the queue. */
    public int retryAll() {
        int found = 0;
        for (List<OutboxMessage> parked = messages.findParked(STEP);
                !parked.isEmpty();
                parked = messages.findParked(STEP)) {
            found += retry(parked.stream().map(OutboxMessage::id).toList());
        }
        return found;
    }
}
