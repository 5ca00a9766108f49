package dev.latchkey.mail;

import java.time.Instant;
import java.util.Optional;

/** One kind of mail, told by the feature that causes it. */
public interface MailKind {

    /** The name stored with each mail of this kind. */
    String name();

    /**
     * Writes the letter, outside any transaction; the same mail gives the same letter however often it is sent.
     *
     * @return empty when there is nothing to say any more, then the mail is dropped
     */
    Optional<Letter> compose(OutboxMail mail);

    /** The mail server has accepted it; runs in the transaction that removes it from the outbox. */
    void accepted(OutboxMail mail, Instant at);

    /** The mail server refused it for good; runs in the transaction that parks it. */
    void undeliverable(OutboxMail mail, Instant at);
}
