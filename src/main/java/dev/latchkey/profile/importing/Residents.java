package dev.latchkey.profile.importing;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Who of some people is here already. */
@Singleton
final class Residents {
    private final Accounts accounts;

    Residents(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Those of their addresses that have an account. */
    Set<EmailAddress> known(List<ImportLine.Person> people) {
        return accounts
                .findByEmailIn(people.stream().map(ImportLine.Person::email).toList())
                .stream()
                .map(Account::email)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Those of the PINs that they want that somebody has. */
    Set<Integer> takenPins(List<ImportLine.Person> people) {
        List<Integer> wanted = people.stream()
                .map(ImportLine.Person::pin)
                .filter(Objects::nonNull)
                .map(Pin::value)
                .toList();
        return new HashSet<>(accounts.pinsAmong(wanted));
    }
}
