package dev.latchkey.magiclink;

import dev.latchkey.database.BatchedDelete;
import dev.latchkey.database.ClockWatch;
import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.transaction.TransactionOperations;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links that ran out stay dead when the clock goes back. One that somebody was told is over is remembered, and deleted
 * within a second (looking itself writes nothing); all others are deleted seconds after their end. A clock that was
 * ahead for a moment ends no link that nobody looked at meanwhile, and none that is sent afterwards.
 */
@Singleton
class RanOutLinks {
    private static final Logger LOG = LoggerFactory.getLogger(RanOutLinks.class);
    private static final int MOST_REMEMBERED = 10_000;

    private final MagicLinks links;
    private final LinkRequests requests;
    private final TransactionOperations<Connection> transactions;
    private final ClockWatch watch;
    private final Clock clock;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    RanOutLinks(
            MagicLinks links,
            LinkRequests requests,
            TransactionOperations<Connection> transactions,
            ClockWatch watch,
            Clock clock) {
        this.links = links;
        this.requests = requests;
        this.transactions = transactions;
        this.watch = watch;
        this.clock = clock;
    }

    /** Whether a link that is still there has run out; from now on it has, whatever the clock says later. */
    boolean contain(String linkId, Instant end) {
        if (seen.contains(linkId)) {
            return true;
        }
        if (end.isAfter(clock.instant()) && end.isAfter(watch.highest())) {
            return false;
        }
        if (seen.size() < MOST_REMEMBERED) {
            seen.add(linkId);
        }
        return true;
    }

    /** Writes down what was seen to have run out, for other nodes and the next start. Each link alone, as locks go. */
    void write() {
        for (String id : List.copyOf(seen)) {
            transactions.executeWrite(status -> {
                requests.markExpired(id);
                links.deleteSent(id);
                return links.endUnsentNow(id);
            });
            seen.remove(id);
        }
    }

    /**
     * Called before the lifetime of a link starts, in the same transaction: where the clock went back, links that had run
     * out go first, as from then on they could not be told from new ones.
     */
    void makeRoom() {
        Instant highest = watch.highest();
        if (clock.instant().isBefore(highest)) {
            links.removeOld(highest, Integer.MAX_VALUE);
            links.endUnsentBy(highest);
            watch.startAnew();
        }
    }

    @Scheduled(initialDelay = "1s", fixedDelay = "1s")
    void writeRegularly() {
        try {
            write();
        } catch (RuntimeException e) {
            LOG.debug("What ran out cannot be written down yet", e);
        }
    }

    @Scheduled(initialDelay = "5s", fixedDelay = "5s")
    void removeRegularly() {
        try {
            Instant now = clock.instant();
            if (watch.isSteady() && links.anyExpired(now).isPresent()) {
                BatchedDelete.remove(links.step(), most -> links.removeOld(now, most));
            }
        } catch (RuntimeException e) {
            LOG.debug("Links that ran out cannot be removed yet", e);
        }
    }

    @PreDestroy
    void close() {
        writeRegularly();
        removeRegularly();
    }
}
