package dev.latchkey.mail;

import dev.latchkey.config.Command;
import io.micronaut.core.util.StringUtils;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.io.PrintStream;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** {@code outbox} shows the mails that did not leave, {@code outbox retry} sends parked ones again. */
@Singleton
public final class OutboxCommand implements Command {
    private static final int MOST_SHOWN = 100;

    /** Put back in one transaction. */
    private static final int STEP = 500;

    private final OutboxMails mails;
    private final MailKinds kinds;
    private final TransactionOperations<Connection> transactions;
    private final Clock clock;

    OutboxCommand(OutboxMails mails, MailKinds kinds, TransactionOperations<Connection> transactions, Clock clock) {
        this.mails = mails;
        this.kinds = kinds;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public int run(List<String> arguments) {
        if (arguments.isEmpty()) {
            return show(System.out);
        }
        boolean retry = arguments.getFirst().equals("retry");
        List<String> which = arguments.subList(1, arguments.size());
        return retry && !which.isEmpty() ? retryNamed(which) : usage();
    }

    private int show(PrintStream out) {
        List<OutboxMails.Count> counts = mails.count();
        if (counts.isEmpty()) {
            out.println("The outbox is empty.");
        }
        for (OutboxMails.Count count : counts) {
            out.printf("%6d %-12s %s, oldest since %s%n", count.mails(), count.kind(), count.state(), count.oldest());
        }
        print(out, "Parked (outbox retry <id> or --all sends them again):", mails.findParked(MOST_SHOWN));
        print(out, "Waiting, those that are due next:", mails.findWaiting(MOST_SHOWN));
        return 0;
    }

    private static void print(PrintStream out, String title, List<OutboxMail> mails) {
        if (mails.isEmpty()) {
            return;
        }
        out.println();
        out.println(title);
        for (OutboxMail mail : mails) {
            out.printf(
                    "%s %-12s due %s, attempts %d%s%n",
                    mail.id(),
                    mail.kind(),
                    mail.dueAt(),
                    mail.attempts(),
                    StringUtils.isEmpty(mail.lastError()) ? "" : ": " + mail.lastError());
        }
    }

    private int retryNamed(List<String> which) {
        if (which.equals(List.of("--all"))) {
            return told(retryAll(), true);
        }
        List<UUID> ids = new ArrayList<>();
        for (String id : which) {
            try {
                ids.add(UUID.fromString(id));
            } catch (IllegalArgumentException e) {
                System.err.println("Not the id of a mail: " + id);
                return 2;
            }
        }
        int found = retry(ids);
        return told(found, found == ids.size());
    }

    /**
     * Puts parked mails back in the queue, due at once, with their age counted and their links made anew.
     *
     * @return how many there were; ids that are not parked are passed over
     */
    public int retry(Collection<UUID> ids) {
        return transactions.executeWrite(status -> {
            Instant now = clock.instant();
            int found = 0;
            for (UUID id : ids) {
                if (mails.unpark(id, now) == 1) {
                    mails.findById(id).ifPresent(mail -> kinds.renew(mail, now));
                    found++;
                }
            }
            return found;
        });
    }

    /** Puts all parked mails back in the queue. */
    public int retryAll() {
        int found = 0;
        for (List<OutboxMail> parked = mails.findParked(STEP); !parked.isEmpty(); parked = mails.findParked(STEP)) {
            found += retry(parked.stream().map(OutboxMail::id).toList());
        }
        return found;
    }

    private static int told(int found, boolean all) {
        System.out.println("Back in the queue: " + found + (found == 1 ? " mail." : " mails."));
        if (!all) {
            System.err.println("The others are not parked.");
        }
        return all ? 0 : 1;
    }

    private static int usage() {
        System.err.println("usage: outbox                        shows what waits and what is parked");
        System.err.println("       outbox retry <id>... | --all  sends parked mails again");
        return 2;
    }
}
