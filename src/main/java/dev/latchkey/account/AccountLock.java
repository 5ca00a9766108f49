package dev.latchkey.account;

import java.util.Optional;
import java.util.UUID;

/** Makes transactions about one account follow each other. The one thing that the two databases say differently. */
public interface AccountLock {

    /**
     * Returns when no other transaction holds the account; holds it until the running transaction ends.
     *
     * @return the account as it is now; empty when it was deleted meanwhile
     */
    Optional<Account> lock(UUID accountId);
}
