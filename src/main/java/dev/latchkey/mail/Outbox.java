package dev.latchkey.mail;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.mail.LocalDelivery.Lease;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.annotation.Transactional;
import io.micronaut.transaction.support.TransactionSynchronization;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Takes mails in, together with what causes them. */
@Singleton
public class Outbox {
    /** The channel of mails. */
    public static final String CHANNEL = "mail";

    private static final long SOONEST_MILLIS = 100;
    private static final long LATEST_MILLIS = 200;

    /** Ids in one statement. */
    private static final int STEP = 500;

    private final OutboxMessages mails;
    private final LocalDelivery delivery;
    private final TransactionOperations<Connection> transactions;
    private final SecureRandom random;
    private final Clock clock;

    Outbox(
            OutboxMessages mails,
            LocalDelivery delivery,
            TransactionOperations<Connection> transactions,
            SecureRandom random,
            Clock clock) {
        this.mails = mails;
        this.delivery = delivery;
        this.transactions = transactions;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Puts a mail in as part of the caller's transaction, due at once: it is sent if that transaction commits and never
     * was if it does not.
     *
     * @param kind name of a {@link MailKind}
     * @param aboutId what the mail is about; never anything that opens an account
     * @return the mail as stored
     * @throws io.micronaut.transaction.exceptions.IllegalTransactionStateException outside a transaction
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public OutboxMessage add(String kind, String aboutId) {
        return add(kind, aboutId, Duration.ZERO);
    }

    /**
     * The same for what was asked for at a door that conceals: the work on the mail begins when the answer has long left,
     * at no certain time, so that neither the answer nor the next one shows whether there is any.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public OutboxMessage addUnhurried(String kind, String aboutId) {
        return add(kind, aboutId, Duration.ofMillis(random.nextLong(SOONEST_MILLIS, LATEST_MILLIS)));
    }

    /**
     * Takes out, as part of the caller's transaction, whatever there is about something that goes: waiting, parked, or in
     * the hands of a worker, which then finds nothing left to write down.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void withdraw(Collection<String> aboutIds) {
        // One by one, in the order in which results of several mails are written.
        List<String> about = aboutIds.stream().sorted().toList();
        for (int i = 0; i < about.size(); i += STEP) {
            mails.findAbout(about.subList(i, Math.min(i + STEP, about.size())))
                    .forEach(id -> mails.remove(UUID.fromString(id)));
        }
    }

    /** The same for all of some kinds. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void withdrawKinds(Collection<String> kinds) {
        mails.removeKinds(kinds);
    }

    private OutboxMessage add(String kind, String aboutId, Duration pause) {
        Instant now = clock.instant();
        Optional<Lease> lease = delivery.reserve();
        OutboxMessage mail = new OutboxMessage(
                UuidCreator.getTimeOrderedEpoch(now),
                kind,
                aboutId,
                OutboxState.WAITING,
                lease.map(Lease::end).orElse(now),
                lease.map(Lease::name).orElse(null),
                lease.isPresent() ? 1 : 0,
                null,
                now);
        transactions.findTransactionStatus().orElseThrow().registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(Status status) {
                if (lease.isEmpty()) {
                    delivery.wake(pause);
                } else if (status == Status.COMMITTED) {
                    delivery.send(mail, lease.get(), pause);
                } else {
                    delivery.giveBack(mail);
                }
            }
        });
        return mails.save(mail);
    }
}
