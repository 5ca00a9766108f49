package dev.latchkey.profile.importing;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.Profiles;
import dev.latchkey.webhook.Event;
import dev.latchkey.webhook.EventType;
import dev.latchkey.webhook.Events;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Adds those that have no account yet, each step in a transaction of its own. */
@Singleton
class Arrivals implements Step {
    private final Residents residents;
    private final Accounts accounts;
    private final Profiles profiles;
    private final ChangeLog changes;
    private final Events events;
    private final TransactionOperations<Connection> transactions;
    private final SecureRandom random;
    private final Clock clock;

    Arrivals(
            Residents residents,
            Accounts accounts,
            Profiles profiles,
            ChangeLog changes,
            Events events,
            TransactionOperations<Connection> transactions,
            SecureRandom random,
            Clock clock) {
        this.residents = residents;
        this.accounts = accounts;
        this.profiles = profiles;
        this.changes = changes;
        this.events = events;
        this.transactions = transactions;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public Result take(List<ImportLine.Person> people) {
        return transactions.executeWrite(status -> add(people));
    }

    private Result add(List<ImportLine.Person> people) {
        Set<Integer> taken = residents.takenPins(people);
        Newcomers newcomers = Newcomers.among(people, residents.known(people), taken);
        List<Account> newAccounts = new ArrayList<>();
        List<Profile> newProfiles = new ArrayList<>();
        Instant now = clock.instant();
        for (ImportLine.Person person : newcomers.people()) {
            Pin wanted = person.pin();
            Account account = person.account(wanted == null ? freePin(taken) : wanted.value(), now);
            newAccounts.add(account);
            if (!person.told().isEmpty()) {
                newProfiles.add(Profile.of(account.id(), person.told(), 1, now));
            }
        }
        accounts.saveAll(newAccounts);
        Set<EmailAddress> heldEmails = changes.heldAmong(newcomers.emails());
        Set<UUID> held = newAccounts.stream()
                .filter(account -> heldEmails.contains(account.email()))
                .map(Account::id)
                .collect(Collectors.toSet());
        // Somebody gave the address up lately and may still get it back.
        held.forEach(accounts::remove);
        newAccounts.removeIf(account -> held.contains(account.id()));
        newProfiles.removeIf(profile -> held.contains(profile.accountId()));
        profiles.saveAll(newProfiles);
        events.tell(() -> newAccounts.stream().map(Arrivals::created).toList());
        return Result.of(newAccounts.size(), newcomers.refused(), people);
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
}
