package dev.latchkey.mail;

import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** What an operator can see and do about mails that did not leave. */
@Singleton
public class OutboxOperations {
    /** In one step of {@link #retryAll}; each is a transaction of its own. */
    private static final int STEP = 500;

    private final OutboxMails mails;
    private final MailKinds kinds;
    private final TransactionOperations<Connection> transactions;
    private final Clock clock;

    OutboxOperations(OutboxMails mails, MailKinds kinds, TransactionOperations<Connection> transactions, Clock clock) {
        this.mails = mails;
        this.kinds = kinds;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** How many mails of each kind wait and are parked. */
    @Transactional
    public List<OutboxCount> counts() {
        return mails.count();
    }

    /** The longest parked mails, at most so many. */
    @Transactional
    public List<OutboxMail> parked(int most) {
        return mails.findParked(most);
    }

    /** The mails that are due next, at most so many. */
    @Transactional
    public List<OutboxMail> waiting(int most) {
        return mails.findWaiting(most);
    }

    /**
     * Puts parked mails back in the queue, due at once, with their age counted and their links made anew.
     *
     * @return how many there were; ids that are not parked are passed over
     */
    @Transactional
    public int retry(Collection<UUID> ids) {
        int found = 0;
        for (UUID id : ids) {
            found += mails.findById(id).filter(this::unpark).isPresent() ? 1 : 0;
        }
        return found;
    }

    /** Puts all parked mails back in the queue. */
    public int retryAll() {
        int found = 0;
        int step;
        do {
            step = transactions.executeWrite(status ->
                    (int) mails.findParked(STEP).stream().filter(this::unpark).count());
            found += step;
        } while (step == STEP);
        return found;
    }

    private boolean unpark(OutboxMail mail) {
        Instant now = clock.instant();
        boolean parked = mails.unpark(mail.id(), now) == 1;
        if (parked) {
            kinds.renew(mail, now);
        }
        return parked;
    }
}
