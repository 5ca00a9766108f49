package dev.latchkey.mail;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbox in numbers, for those who watch it. It is counted at most every so often however often it is asked for, and
 * where it cannot be counted the last count stands.
 */
@Singleton
public class OutboxCounts {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxCounts.class);
    private static final long FRESH_NANOS = Duration.ofSeconds(15).toNanos();

    private final OutboxMessages messages;
    private final Clock clock;
    private final Map<String, Optional<Instant>> oldestDue = new HashMap<>();
    private List<OutboxMessages.Count> counts = List.of();
    private long countedAt = System.nanoTime() - FRESH_NANOS;

    OutboxCounts(OutboxMessages messages, Clock clock) {
        this.messages = messages;
        this.clock = clock;
    }

    /** How many of those kinds stand there. */
    public long count(Set<String> kinds, OutboxState state) {
        return counts(kinds, state).mapToLong(OutboxMessages.Count::messages).sum();
    }

    /** Age in milliseconds of the oldest of those kinds that waits; zero when none does. */
    public long age(Set<String> kinds) {
        return counts(kinds, OutboxState.WAITING)
                .mapToLong(count -> clock.millis() - count.oldest().toEpochMilli())
                .max()
                .orElse(0);
    }

    /** For how many milliseconds something of a channel has been due without being taken up; zero when nothing is. */
    public synchronized long overdue(String channel) {
        recount();
        return oldestDue
                .computeIfAbsent(channel, missing -> messages.findOldestDue(missing, clock.instant()))
                .map(due -> Math.max(0, clock.millis() - due.toEpochMilli()))
                .orElse(0L);
    }

    private synchronized Stream<OutboxMessages.Count> counts(Set<String> kinds, OutboxState state) {
        recount();
        return counts.stream()
                .filter(count -> kinds.contains(count.kind()) && count.state().equalsIgnoreCase(state.name()));
    }

    private void recount() {
        if (System.nanoTime() - countedAt < FRESH_NANOS) {
            return;
        }
        countedAt = System.nanoTime();
        try {
            counts = messages.count();
            oldestDue.clear();
        } catch (RuntimeException e) {
            LOG.warn("The outbox cannot be counted, the last count stands", e);
        }
    }
}
