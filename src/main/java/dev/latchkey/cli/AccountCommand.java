package dev.latchkey.cli;

import dev.latchkey.config.OwnerOnly;
import dev.latchkey.operator.AccountFacts;
import dev.latchkey.operator.AccountOperations;
import dev.latchkey.operator.AccountSearch;
import dev.latchkey.operator.OperationOutcome;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code account}: what an operator sees of one account and does to it. */
@Command(
        name = "account",
        description = {
            "Looks at one account, blocks it, ends what is open, takes its data along or deletes it.",
            "What changes an account is in its history, and its owner is told by mail."
        },
        subcommands = HelpCommand.class)
final class AccountCommand {
    private static final String WHO = "Its e-mail address, or its PIN.";

    private final Workplace place;

    AccountCommand(Workplace place) {
        this.place = place;
    }

    @Command(name = "show", description = "Shows an account: never anything that opens it.")
    int show(@Parameters(paramLabel = "ADDRESS", description = WHO) String who) {
        return onAccount(who, (context, account) -> {
            line("address", account.email());
            line("PIN", account.pin());
            line("id", account.id());
            line("status", account.status().name().toLowerCase(Locale.ROOT));
            line("verified", account.emailVerifiedAt() == null ? "no" : account.emailVerifiedAt());
            line("bounced", account.undeliverableSince());
            line("tier", account.tier());
            line("created", account.createdAt());
            line("name", account.name());
            line("nickname", account.nickname());
            line("language", account.locale());
            line("passphrase", account.hasPassphrase() ? "set" : "none");
            line("assistants", account.assistants() ? "may ask for links" : "may not ask for links");
            line("signed in", account.sessions() + ", open links " + account.links());
            line("last link", account.lastRequestAt() == null ? "none in the past month" : account.lastRequestAt());
            return Commands.DONE;
        });
    }

    @Command(
            name = "block",
            description = "Blocks an account: what is open ends, and nothing opens it until it is unblocked.")
    int block(@Parameters(paramLabel = "ADDRESS", description = WHO) String who) {
        return change(who, AccountOperations::block, "is blocked", "was blocked before: nothing was changed");
    }

    @Command(name = "unblock", description = "Ends the block of an account.")
    int unblock(@Parameters(paramLabel = "ADDRESS", description = WHO) String who) {
        return change(
                who, AccountOperations::unblock, "is not blocked any more", "is not blocked: nothing was changed");
    }

    @Command(
            name = "end-sessions",
            description =
                    "Ends whatever opens an account: sessions, tokens, keys, grants of assistants and mailed links.")
    int endSessions(@Parameters(paramLabel = "ADDRESS", description = WHO) String who) {
        return change(who, AccountOperations::endSessions, "has nothing open any more", "had nothing open");
    }

    @Command(
            name = "try-mailbox",
            description = "Sends one mail to an address from which mails came back: its link brings mail back.")
    int tryMailbox(@Parameters(paramLabel = "ADDRESS", description = WHO) String who) {
        return change(
                who,
                AccountOperations::tryMailbox,
                "is sent one mail, whose link brings mail back",
                "is sent no mail: it is blocked, mail goes there anyway, or one went there a moment ago");
    }

    @Command(name = "export", description = "Writes all that is kept of somebody to a ZIP file that only you can read.")
    int export(
            @Parameters(paramLabel = "ADDRESS", description = WHO) String who,
            @Option(
                            names = "--to",
                            paramLabel = "FILE",
                            required = true,
                            description = "Where it goes. It never overwrites a file.")
                    Path file) {
        return onAccount(who, (context, account) -> {
            Optional<InputStream> archive =
                    context.getBean(AccountOperations.class).export(account.id());
            return archive.isEmpty() ? nobody(who) : write(archive.get(), account, file);
        });
    }

    @Command(name = "delete", description = "Deletes an account at once, with everything that belongs to it.")
    int delete(
            @Parameters(paramLabel = "ADDRESS", description = WHO) String who,
            @Option(names = "--yes", description = "Do not ask. Needed where there is nobody to ask.") boolean sure) {
        if (!sure && !place.isAttended()) {
            place.err().println("There is nobody to ask whether you are sure. Add --yes.");
            return Commands.MISUSED;
        }
        return onAccount(who, (context, account) -> {
            boolean agreed = sure
                    || place.ask("Delete " + account.email() + " (PIN " + account.pin() + ", created "
                                    + account.createdAt() + ")? This cannot be undone. Type yes: ")
                            .equals("yes");
            if (!agreed) {
                place.err().println("Nothing was deleted.");
                return Commands.FAILED;
            }
            return told(context.getBean(AccountOperations.class).delete(account.id()), who, "is deleted", "is deleted");
        });
    }

    private int change(
            String who, BiFunction<AccountOperations, UUID, OperationOutcome> what, String done, String not) {
        return onAccount(
                who,
                (context, account) ->
                        told(what.apply(context.getBean(AccountOperations.class), account.id()), who, done, not));
    }

    private int told(OperationOutcome outcome, String who, String done, String unchanged) {
        return switch (outcome) {
            case OperationOutcome.Done changed -> say(changed.account(), done);
            case OperationOutcome.Unchanged same -> say(same.account(), unchanged);
            case OperationOutcome.NoAccount none -> nobody(who);
        };
    }

    private int say(AccountFacts account, String what) {
        place.out().println(account.email() + " " + what + ".");
        return Commands.DONE;
    }

    private int nobody(String who) {
        place.err().println("There is no account for " + who + ". Check the address or PIN.");
        return Commands.FAILED;
    }

    private interface Work {
        int on(ApplicationContext context, AccountFacts account);
    }

    private int onAccount(String who, Work work) {
        ToIntFunction<ApplicationContext> found = context -> context.getBean(AccountSearch.class)
                .find(who)
                .map(account -> work.on(context, account))
                .orElseGet(() -> nobody(who));
        return place.asServer(found);
    }

    private int write(InputStream archive, AccountFacts account, Path file) {
        try (archive;
                OutputStream out = Channels.newOutputStream(Files.newByteChannel(
                        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.ofFile()))) {
            copy(archive, out, file);
        } catch (FileAlreadyExistsException e) {
            place.err().println("There is something at " + file + " already. Remove it, or name another file.");
            return Commands.FAILED;
        } catch (IOException e) {
            place.err().println("The file " + file + " cannot be written (" + e.getMessage() + ").");
            return Commands.FAILED;
        }
        return say(account, "is in " + file);
    }

    /** A part of an archive is worth nothing. */
    private static void copy(InputStream archive, OutputStream out, Path file) throws IOException {
        try {
            archive.transferTo(out);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private void line(String name, @Nullable Object value) {
        if (value != null) {
            place.out().printf("%-11s %s%n", name, value);
        }
    }
}
