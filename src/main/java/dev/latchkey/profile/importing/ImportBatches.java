package dev.latchkey.profile.importing;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.account.Tier;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.Profiles;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds some people in one transaction, short enough that a running service is not held up. */
@Singleton
class ImportBatches {
    private final Accounts accounts;
    private final Profiles profiles;
    private final SecureRandom random;
    private final Clock clock;

    ImportBatches(Accounts accounts, Profiles profiles, SecureRandom random, Clock clock) {
        this.accounts = accounts;
        this.profiles = profiles;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Adds those that have no account yet.
     *
     * @return how many were skipped because their address has an account, and the lines whose PIN somebody else has
     */
    @Transactional
    Result add(List<ImportLine.Person> people) {
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
            Account account = account(person, wanted == null ? freePin(taken) : wanted.value(), now);
            newAccounts.add(account);
            if (person.hasProfile()) {
                newProfiles.add(new Profile(account.id(), person.name(), null, null, person.locale(), null, 1, now));
            }
        }
        accounts.saveAll(newAccounts);
        profiles.saveAll(newProfiles);
        return new Result(newAccounts.size(), people.size() - fresh.size(), refused);
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

    private static Account account(ImportLine.Person person, int pin, Instant now) {
        return new Account(
                UuidCreator.getTimeOrderedEpoch(),
                person.email(),
                pin,
                AccountStatus.ACTIVE,
                Tier.FREE,
                null,
                null,
                now);
    }

    /** What became of a batch. */
    record Result(int added, int skipped, List<ImportLine.Refused> refused) {}
}
