package dev.latchkey.mail;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** What an operator can do about mails that did not leave. */
@Singleton
public class OutboxOperations {
    /** In one step of {@link #retryAll}; each is a transaction of its own. */
    private static final int STEP = 500;

    private final OutboxMails mails;
    private final MailKinds kinds;
    private final Clock clock;

    OutboxOperations(OutboxMails mails, MailKinds kinds, Clock clock) {
        this.mails = mails;
        this.kinds = kinds;
        this.clock = clock;
    }

    /**
     * Puts parked mails back in the queue, due at once, with their age counted and their links made anew.
     *
     * @return how many there were; ids that are not parked are passed over
     */
    @Transactional
    public int retry(Collection<UUID> ids) {
        Instant now = clock.instant();
        int found = 0;
        for (UUID id : ids) {
            if (mails.unpark(id, now) == 1) {
                mails.findById(id).ifPresent(mail -> kinds.renew(mail, now));
                found++;
            }
        }
        return found;
    }

    /** Puts all parked mails back in the queue. */
    public int retryAll() {
        int found = 0;
        for (List<OutboxMail> parked = mails.findParked(STEP); !parked.isEmpty(); parked = mails.findParked(STEP)) {
            found += retry(parked.stream().map(OutboxMail::id).toList());
        }
        return found;
    }
}
