package dev.latchkey.mail;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What some mails hold and what becomes of them; one bean for all that are written alike.
 *
 * <p>A mail may be composed more than once (after a temporary failure, or when the server's last answer was lost), so
 * the same mail must give the same links each time, unless it is renewed in between.
 */
public interface MailKind {

    /** The names under which such mails are put in the outbox, such as {@code edit-link}. */
    Set<String> names();

    /** What metrics count those of a name as; the same for those of which nobody may learn which one was sent. */
    default String metric(String name) {
        return name;
    }

    /**
     * Writes the mail; runs in a transaction that only reads, immediately before it is sent.
     *
     * @return empty when there is nothing to send any more: the mail is dropped, and {@link #dropped} is called
     */
    Optional<MailContent> compose(OutboxMessage mail);

    /** The request that the mail answers, by the id that Status is asked with; empty where it answers none. */
    default Optional<String> requestOf(OutboxMessage mail) {
        return Optional.empty();
    }

    /** The address that it goes to, whatever may be left to say in it; empty where nobody gets it. */
    default Optional<String> recipient(OutboxMessage mail) {
        return Optional.empty();
    }

    /**
     * Earlier copies of the mail are void: an operator sends a parked one again, or it has waited for so long that it is
     * {@link MailContent.Outdated}. Runs in a transaction of its own, or in that which puts the mail back.
     */
    default void renew(OutboxMessage mail, Instant at) {}

    /**
     * The mail server has taken the mail; runs in the transaction that removes it from the outbox, so it must be quick.
     *
     * @param at when the server accepted it
     */
    void accepted(OutboxMessage mail, Instant at);

    /** There was nothing to send any more; runs in the transaction that removes it from the outbox. */
    default void dropped(OutboxMessage mail, Instant at) {}

    /**
     * The mail was given up; runs in the transaction that parks it, and an operator may send it again later. One that was
     * {@link MailContent.Withheld} is removed in that transaction.
     */
    void undeliverable(OutboxMessage mail, Instant at);
}
