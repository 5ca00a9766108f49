package dev.latchkey.profile.importing;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.Profiles;
import dev.latchkey.text.InvisibleCharacters;
import dev.latchkey.webhook.Event;
import dev.latchkey.webhook.EventType;
import dev.latchkey.webhook.Events;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Takes over existing users from a CSV file ({@link CsvFile}) with a header, whose columns are {@code email}, and
 * optionally {@code name}, {@code locale} and {@code pin}. The file is streamed; running it again adds only what is
 * missing, so an interrupted import is simply started once more.
 */
@Singleton
public final class AccountImport {
    private static final int BATCH = 1_000;
    private static final String UNREADABLE =
            "The file cannot be read as UTF-8 text: save it as \"CSV UTF-8\" (or as Unicode text)";

    private final Accounts accounts;
    private final Profiles profiles;
    private final ChangeLog changes;
    private final Events events;
    private final TransactionOperations<Connection> transactions;
    private final SecureRandom random;
    private final Clock clock;

    AccountImport(
            Accounts accounts,
            Profiles profiles,
            ChangeLog changes,
            Events events,
            TransactionOperations<Connection> transactions,
            SecureRandom random,
            Clock clock) {
        this.accounts = accounts;
        this.profiles = profiles;
        this.changes = changes;
        this.events = events;
        this.transactions = transactions;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Imports a file.
     *
     * @param listener told of refused lines as they come, and of progress
     * @throws Unusable when the file cannot be read or has no {@code email} column; whole batches before the trouble
     *     stay
     */
    public Counts run(Path file, Listener listener) {
        try (CsvFile csv = CsvFile.open(file)) {
            if (csv.charset().equals(CsvFile.EXCEL)) {
                listener.notice("The file is not UTF-8 and was read as " + csv.charset()
                        + "; if names look wrong, save it as \"CSV UTF-8\" and correct them.");
            }
            Iterator<CsvRecord> lines = csv.iterator();
            return lines.hasNext()
                    ? run(ImportLine.Columns.of(lines.next().getFields()), lines, listener)
                    : new Counts(0, 0, 0);
        } catch (CsvParseException e) {
            throw new Unusable("The file is not a CSV file: " + e.getMessage(), e);
        } catch (CharacterCodingException e) {
            throw new Unusable(UNREADABLE, e);
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException ? new Unusable(UNREADABLE, e) : unreadable(e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static Unusable unreadable(Exception e) {
        return new Unusable("The file cannot be read: " + e.getMessage(), e);
    }

    private Counts run(ImportLine.Columns columns, Iterator<CsvRecord> lines, Listener listener) {
        Counts counts = new Counts(0, 0, 0);
        List<ImportLine.Person> batch = new ArrayList<>(BATCH);
        long read = 0;
        while (lines.hasNext()) {
            CsvRecord line = lines.next();
            // Spreadsheets write the rows below the last one, too, when somebody formatted them.
            if (!line.getFields().stream().allMatch(InvisibleCharacters::isAllOf)) {
                switch (columns.read(line.getStartingLineNumber(), line.getFields())) {
                    case ImportLine.Refused refused -> {
                        listener.refused(refused.number(), refused.reason());
                        counts = counts.plus(0, 0, 1);
                    }
                    case ImportLine.Person person -> batch.add(person);
                }
            }
            if (batch.size() == BATCH) {
                counts = write(batch, counts, listener);
            }
            if (++read % BATCH == 0) {
                listener.progress(read);
            }
        }
        return write(batch, counts, listener);
    }

    private Counts write(List<ImportLine.Person> batch, Counts counts, Listener listener) {
        if (batch.isEmpty()) {
            return counts;
        }
        // Short enough that a running service is not held up.
        Added result = transactions.executeWrite(status -> add(batch));
        batch.clear();
        result.refused().forEach(refused -> listener.refused(refused.number(), refused.reason()));
        return counts.plus(result.added(), result.skipped(), result.refused().size());
    }

    /** Adds those that have no account yet. */
    private Added add(List<ImportLine.Person> people) {
        Set<EmailAddress> known =
                accounts
                        .findByEmailIn(
                                people.stream().map(ImportLine.Person::email).toList())
                        .stream()
                        .map(Account::email)
                        .collect(Collectors.toCollection(HashSet::new));
        List<ImportLine.Person> fresh =
                people.stream().filter(person -> known.add(person.email())).toList();
        Set<Integer> taken = takenPins(fresh);
        List<ImportLine.Refused> refused = new ArrayList<>();
        List<Account> newAccounts = new ArrayList<>();
        List<Profile> newProfiles = new ArrayList<>();
        Instant now = clock.instant();
        for (ImportLine.Person person : fresh) {
            Pin wanted = person.pin();
            if (wanted != null && !taken.add(wanted.value())) {
                refused.add(new ImportLine.Refused(person.number(), "the PIN belongs to another account"));
                continue;
            }
            Account account = person.account(wanted == null ? freePin(taken) : wanted.value(), now);
            newAccounts.add(account);
            if (!person.told().isEmpty()) {
                newProfiles.add(Profile.of(account.id(), person.told(), 1, now));
            }
        }
        accounts.saveAll(newAccounts);
        Set<EmailAddress> heldEmails =
                changes.heldAmong(newAccounts.stream().map(Account::email).toList());
        Set<UUID> held = newAccounts.stream()
                .filter(account -> heldEmails.contains(account.email()))
                .map(Account::id)
                .collect(Collectors.toSet());
        // Somebody gave the address up lately and may still get it back.
        held.forEach(accounts::remove);
        newAccounts.removeIf(account -> held.contains(account.id()));
        newProfiles.removeIf(profile -> held.contains(profile.accountId()));
        profiles.saveAll(newProfiles);
        events.tell(() -> newAccounts.stream().map(AccountImport::created).toList());
        return new Added(newAccounts.size(), people.size() - fresh.size() + held.size(), refused);
    }

    private Set<Integer> takenPins(List<ImportLine.Person> people) {
        List<Integer> wanted = people.stream()
                .map(ImportLine.Person::pin)
                .filter(Objects::nonNull)
                .map(Pin::value)
                .toList();
        return new HashSet<>(accounts.pinsAmong(wanted));
    }

    private int freePin(Set<Integer> taken) {
        int pin;
        do {
            pin = random.nextInt(Pin.LEAST, Pin.MOST + 1);
        } while (taken.contains(pin) || !accounts.pinsAmong(List.of(pin)).isEmpty());
        taken.add(pin);
        return pin;
    }

    private static Event created(Account account) {
        return Event.of(EventType.ACCOUNT_CREATED, account.id(), account.pin()).through("import", null);
    }

    /**
     * What became of a batch.
     *
     * @param skipped how many have an account already
     * @param refused the lines whose PIN somebody else has
     */
    private record Added(int added, int skipped, List<ImportLine.Refused> refused) {}

    /** How the lines of a file ended. */
    public record Counts(long added, long skipped, long refused) {
        Counts plus(long moreAdded, long moreSkipped, long moreRefused) {
            return new Counts(added + moreAdded, skipped + moreSkipped, refused + moreRefused);
        }
    }

    /** Hears of an import while it runs. */
    public interface Listener {

        /** A line was not taken over. */
        void refused(long line, String reason);

        /** Something about the file as a whole that the operator should know. */
        void notice(String sentence);

        /** So many lines were read. */
        void progress(long lines);
    }

    /** The file as a whole cannot be imported; the message says why in words for the operator. */
    public static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }

        Unusable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
