package dev.latchkey.history;

import dev.latchkey.account.Account;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import java.util.Map;
import java.util.Set;

/** A feature whose values an undo puts back. */
public interface Restorable {

    /** The keys of its values; no other feature has one of them. */
    Set<String> keys();

    /**
     * Puts values back, byte for byte, inside the transaction of the undo.
     *
     * @param locked the account as it is now
     * @param before some of its keys, and what they held; an empty text stands for none
     * @return what they held until now
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Map<String, String> restore(Account locked, Map<String, String> before);
}
