package dev.latchkey.mail;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.mail.LocalDelivery.Lease;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is due in one channel out of the outbox, under a lease.
 *
 * <p>A claim is one short transaction however much it takes, because on SQLite each commit costs a disk flush and every
 * writer waits for it.
 */
public abstract class OutboxClaims {
    /** By how much the clocks of nodes may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(OutboxClaims.class);

    private final String channel;
    private final OutboxMessages messages;
    private final TransactionOperations<Connection> transactions;
    private final Clock clock;
    private final Duration lease;
    private final Duration longestWait;

    /**
     * Claims in one channel.
     *
     * @param longestWait from one attempt to the next
     */
    protected OutboxClaims(
            String channel,
            OutboxMessages messages,
            TransactionOperations<Connection> transactions,
            Clock clock,
            Duration lease,
            Duration longestWait) {
        this.channel = channel;
        this.messages = messages;
        this.transactions = transactions;
        this.clock = clock;
        this.lease = lease;
        this.longestWait = (lease.compareTo(longestWait) > 0 ? lease : longestWait).plus(SKEW);
    }

    /** For how long what is claimed belongs to whoever claimed it. */
    public final Duration lease() {
        return lease;
    }

    /** A lease that begins now. */
    public final Lease begin() {
        long endNanos = System.nanoTime() + lease.toNanos();
        return new Lease(
                UuidCreator.getTimeOrderedEpoch().toString(), clock.instant().plus(lease), endNanos);
    }

    /** Takes up to so much that is due, the longest due first; in the order in which it was put in. */
    public final List<ClaimedMessage> claim(int most) {
        Lease taken = begin();
        Instant now = clock.instant();
        List<OutboxMessage> claimed =
                transactions.executeWrite(status -> messages.claim(channel, taken.name(), taken.end(), now, most) == 0
                        ? List.<OutboxMessage>of()
                        : messages.findByLeasedByOrderById(taken.name()));
        return claimed.stream()
                .map(message -> new ClaimedMessage(message, taken.endNanos()))
                .toList();
    }

    /** Whether anything has been due for so long. */
    public final boolean anyDueFor(Duration time) {
        return messages.findOldestDue(channel, clock.instant().minus(time)).isPresent();
    }

    /** Makes due what is to wait longer than any wait is long: a clock was wrong when that was written. */
    public final void bringForward() {
        Instant now = clock.instant();
        Instant farthest = now.plus(longestWait);
        if (messages.findDueAfter(channel, farthest).isPresent()) {
            int found = transactions.executeWrite(status -> messages.bringForward(channel, farthest, now));
            LOG.warn(
                    "A clock was wrong: {} in the outbox ({}) were to wait longer than any wait is long, and are due now",
                    found,
                    channel);
        }
    }
}
