package dev.latchkey.account;

import java.util.Optional;
import java.util.UUID;

/**
 * Makes transactions about one account follow each other. The one thing that the two databases say differently.
 *
 * <p>Each returns when no other transaction holds the account, and holds it until the running transaction ends: the
 * account as it is now, or empty when there is none, perhaps no more.
 */
public interface AccountLock {
    Optional<Account> lock(UUID id);

    Optional<Account> lockByEmail(EmailAddress email);

    Optional<Account> lockByPin(int pin);
}
