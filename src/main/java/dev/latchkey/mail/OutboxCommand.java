package dev.latchkey.mail;

import dev.latchkey.config.Command;
import io.micronaut.core.util.StringUtils;
import jakarta.inject.Singleton;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** {@code outbox} shows the mails that did not leave, {@code outbox retry} sends parked ones again. */
@Singleton
public final class OutboxCommand implements Command {
    private static final int MOST_SHOWN = 100;

    private final OutboxMails mails;
    private final OutboxOperations operations;

    OutboxCommand(OutboxMails mails, OutboxOperations operations) {
        this.mails = mails;
        this.operations = operations;
    }

    @Override
    public int run(List<String> arguments) {
        if (arguments.isEmpty()) {
            return show(System.out);
        }
        boolean retry = arguments.getFirst().equals("retry");
        List<String> which = arguments.subList(1, arguments.size());
        return retry && !which.isEmpty() ? retry(which) : usage();
    }

    private int show(PrintStream out) {
        List<OutboxCount> counts = mails.count();
        if (counts.isEmpty()) {
            out.println("The outbox is empty.");
        }
        for (OutboxCount count : counts) {
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

    private int retry(List<String> which) {
        if (which.equals(List.of("--all"))) {
            return told(operations.retryAll(), true);
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
        int found = operations.retry(ids);
        return told(found, found == ids.size());
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
