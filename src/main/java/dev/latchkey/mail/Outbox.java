package dev.latchkey.mail;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.annotation.Transactional;
import io.micronaut.transaction.support.TransactionSynchronization;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes mails in, together with what causes them. */
@Singleton
public class Outbox {
    private final OutboxMails mails;
    private final MailSignal signal;
    private final TransactionOperations<Connection> transactions;
    private final Clock clock;

    Outbox(OutboxMails mails, MailSignal signal, TransactionOperations<Connection> transactions, Clock clock) {
        this.mails = mails;
        this.signal = signal;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Puts a mail in as part of the caller's transaction, due at once: it is sent if that transaction commits and never
     * was if it does not.
     *
     * @param kind name of a {@link MailKind}
     * @param subjectId what the mail is about; never anything that opens an account
     * @param detail more of the same
     * @return the mail as stored
     * @throws io.micronaut.transaction.exceptions.IllegalTransactionStateException outside a transaction
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public OutboxMail add(String kind, String subjectId, @Nullable String detail) {
        Instant now = clock.instant();
        OutboxMail mail = mails.save(new OutboxMail(
                UuidCreator.getTimeOrderedEpoch(),
                kind,
                subjectId,
                detail,
                MailState.WAITING,
                now,
                null,
                0,
                null,
                now));
        transactions
                .findTransactionStatus()
                .ifPresent(transaction -> transaction.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        signal.wake();
                    }
                }));
        return mail;
    }
}
