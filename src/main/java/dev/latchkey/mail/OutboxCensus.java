package dev.latchkey.mail;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many mails stand where, counted at most every so often however often it is asked for. */
@Singleton
class OutboxCensus {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxCensus.class);
    private static final long FRESH_NANOS = Duration.ofSeconds(15).toNanos();

    private final OutboxMails mails;
    private final Clock clock;
    private List<OutboxCount> counts = List.of();
    private @Nullable Instant oldestDue;
    private long countedAt = System.nanoTime() - FRESH_NANOS;

    OutboxCensus(OutboxMails mails, Clock clock) {
        this.mails = mails;
        this.clock = clock;
    }

    double mails(Set<String> kinds, MailState state) {
        return counts().stream()
                .filter(count -> count.is(kinds, state))
                .mapToLong(OutboxCount::mails)
                .sum();
    }

    /** Age in milliseconds of the oldest waiting mail of those kinds; zero when none waits. */
    double age(Set<String> kinds) {
        return counts().stream()
                .filter(count -> count.is(kinds, MailState.WAITING))
                .mapToLong(count -> clock.millis() - count.oldest().toEpochMilli())
                .max()
                .orElse(0);
    }

    /** For how many milliseconds a mail has been due without being taken up; zero when none is. */
    synchronized double overdue() {
        counts();
        return oldestDue == null ? 0 : Math.max(0, clock.millis() - oldestDue.toEpochMilli());
    }

    private synchronized List<OutboxCount> counts() {
        if (System.nanoTime() - countedAt >= FRESH_NANOS) {
            countedAt = System.nanoTime();
            try {
                counts = mails.count();
                oldestDue = mails.findOldestDue(clock.instant()).orElse(null);
            } catch (RuntimeException e) {
                LOG.warn("The outbox cannot be counted, the last count stands", e);
            }
        }
        return counts;
    }
}
