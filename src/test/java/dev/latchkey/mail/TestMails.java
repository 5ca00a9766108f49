package dev.latchkey.mail;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A kind of mail that tests put in: it is about its recipient. It remembers what became of each.
 */
@Singleton
@Requires(property = "test.mails")
public final class TestMails implements MailKind {
    public static final String KIND = "test";

    /** What became of a mail to this one cannot be noted. */
    public static final String BREAKS = "breaks@example.org";

    public final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    public final Queue<String> renewed = new ConcurrentLinkedQueue<>();
    public final Queue<String> undeliverable = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final TransactionOperations<Connection> transactions;
    private Function<OutboxMessage, Optional<MailContent>> contents = TestMails::content;

    TestMails(TransactionOperations<Connection> transactions) {
        this.transactions = transactions;
    }

    /** Puts a mail in and commits. */
    public UUID add(Outbox outbox, String to) {
        return transactions.executeWrite(status -> outbox.add(KIND, to).id());
    }

    public void writeBy(Function<OutboxMessage, Optional<MailContent>> contents) {
        this.contents = contents;
    }

    public static Optional<MailContent> content(OutboxMessage mail) {
        return Optional.of(new MailContent.Message(
                mail.aboutId(),
                Locale.ENGLISH,
                "link",
                "edit-link",
                Map.of(
                        "link",
                        "https://id.example.org/edit/" + mail.id(),
                        "matchPhrase",
                        "amber falcon",
                        "lifetime",
                        Duration.ofMinutes(15),
                        "at",
                        Instant.parse("2026-11-20T10:00:00Z"),
                        "by",
                        List.of("page"),
                        "who",
                        ""),
                List.of("amber falcon")));
    }

    /** Lets the database fail so many times when an accepted mail is to be written down. */
    public void databaseFails(int times) {
        failures.set(times);
    }

    @Override
    public Set<String> names() {
        return Set.of(KIND);
    }

    @Override
    public Optional<MailContent> compose(OutboxMessage mail) {
        return contents.apply(mail);
    }

    @Override
    public Optional<String> recipient(OutboxMessage mail) {
        return Optional.of(mail.aboutId());
    }

    @Override
    public void renew(OutboxMessage mail, Instant at) {
        renewed.add(mail.aboutId());
    }

    @Override
    public void accepted(OutboxMessage mail, Instant at) {
        if (mail.aboutId().equals(BREAKS)) {
            throw new IllegalStateException("A mistake in the feature");
        }
        if (failures.getAndDecrement() > 0) {
            throw new DataAccessException("in a test", new SQLTransientException("The database is locked"));
        }
        accepted.add(mail.aboutId());
    }

    @Override
    public void undeliverable(OutboxMessage mail, Instant at) {
        undeliverable.add(mail.aboutId());
    }
}
