package dev.latchkey.profile.importing;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.history.ChangeLog;
import io.micronaut.context.annotation.Prototype;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks what would become of the people of one file and writes nothing. It remembers whom it would have added, as the
 * database does not: some hundred bytes for each.
 */
@Prototype
final class Rehearsal implements Step {
    private final Residents residents;
    private final ChangeLog changes;
    private final TransactionOperations<Connection> transactions;
    private final Set<EmailAddress> added = new HashSet<>();
    private final Set<Integer> given = new HashSet<>();

    Rehearsal(Residents residents, ChangeLog changes, TransactionOperations<Connection> transactions) {
        this.residents = residents;
        this.changes = changes;
        this.transactions = transactions;
    }

    @Override
    public Result take(List<ImportLine.Person> people) {
        return transactions.executeRead(status -> look(people));
    }

    private Result look(List<ImportLine.Person> people) {
        Set<EmailAddress> known = residents.known(people);
        Set<Integer> taken = residents.takenPins(people);
        for (ImportLine.Person person : people) {
            if (added.contains(person.email())) {
                known.add(person.email());
            }
            if (person.pin() != null && given.contains(person.pin().value())) {
                taken.add(person.pin().value());
            }
        }
        Newcomers newcomers = Newcomers.among(people, known, taken);
        Set<EmailAddress> held = changes.heldAmong(newcomers.emails());
        int before = added.size();
        for (ImportLine.Person person : newcomers.people()) {
            // Somebody gave the address up lately and may still get it back.
            if (!held.contains(person.email())) {
                added.add(person.email());
                if (person.pin() != null) {
                    given.add(person.pin().value());
                }
            }
        }
        return Result.of(added.size() - before, newcomers.refused(), people);
    }
}
