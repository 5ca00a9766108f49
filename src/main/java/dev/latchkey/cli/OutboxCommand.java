package dev.latchkey.cli;

import dev.latchkey.mail.OutboxEntry;
import dev.latchkey.mail.OutboxMessages;
import dev.latchkey.mail.OutboxOperations;
import io.micronaut.core.util.StringUtils;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code outbox}: shows the mails that did not leave; {@code outbox retry} sends parked ones again. */
@Command(
        name = "outbox",
        description =
                "Shows the mails and webhooks that wait and those that were given up, with the other side's last answer.",
        subcommands = HelpCommand.class)
final class OutboxCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 100;

    private final Workplace place;

    OutboxCommand(Workplace place) {
        this.place = place;
    }

    @Override
    public Integer call() {
        return place.onData(context -> show(context.getBean(OutboxOperations.class)));
    }

    private int show(OutboxOperations outbox) {
        List<OutboxMessages.Count> counts = outbox.count();
        if (counts.isEmpty()) {
            place.out().println("The outbox is empty.");
        }
        for (OutboxMessages.Count count : counts) {
            place.out()
                    .printf(
                            "%6d %-12s %s, oldest since %s%n",
                            count.messages(), count.kind(), count.state(), count.oldest());
        }
        print("Parked (outbox retry <id> or --all sends them again):", outbox.parked(MOST_SHOWN));
        print("Waiting, those that are due next:", outbox.waiting(MOST_SHOWN));
        return Commands.DONE;
    }

    private void print(String title, List<OutboxEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        place.out().println();
        place.out().println(title);
        for (OutboxEntry entry : entries) {
            place.out()
                    .printf(
                            "%s %-12s %s, attempts %d%s%s%n",
                            entry.id(),
                            entry.kind(),
                            entry.dueAt() == null ? "since " + entry.createdAt() : "due " + entry.dueAt(),
                            entry.attempts(),
                            entry.to() == null ? "" : ", to " + entry.to(),
                            StringUtils.isEmpty(entry.lastAnswer()) ? "" : ": " + entry.lastAnswer());
        }
    }

    @Command(
            name = "retry",
            description = "Puts what was given up back in the queue, where the running server finds them.")
    int retry(@ArgGroup(multiplicity = "1") Which which) {
        return place.onData(context -> {
            OutboxOperations outbox = context.getBean(OutboxOperations.class);
            if (which.all) {
                return told(outbox.retryAll(), true);
            }
            int found = outbox.retry(which.ids);
            return told(found, found == which.ids.size());
        });
    }

    private int told(int found, boolean all) {
        place.out().println("Back in the queue: " + found + (found == 1 ? " mail." : " mails."));
        if (!all) {
            place.err().println("The others are not parked.");
        }
        return all ? Commands.DONE : Commands.FAILED;
    }

    /** Either some or all of them. */
    static final class Which {
        @Option(names = "--all", required = true, description = "All that are parked.")
        private boolean all;

        @Parameters(paramLabel = "ID", arity = "1..*", description = "Those with these ids, which \"outbox\" shows.")
        private List<UUID> ids = List.of();
    }
}
