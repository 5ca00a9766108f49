package dev.latchkey.mail;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** What an operator can see and do about mails that did not leave. */
@Singleton
public class OutboxDesk {
    private final OutboxMails mails;
    private final Clock clock;

    OutboxDesk(OutboxMails mails, Clock clock) {
        this.mails = mails;
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
     * Puts parked mails back in the queue, due at once and with their age counted anew.
     *
     * @return how many there were; ids that are not parked are passed over
     */
    @Transactional
    public int retry(Collection<UUID> ids) {
        int found = 0;
        for (UUID id : ids) {
            found += mails.unpark(id, clock.instant());
        }
        return found;
    }

    /** Puts all parked mails back in the queue. */
    @Transactional
    public int retryAll() {
        return mails.unparkAll(clock.instant());
    }
}
