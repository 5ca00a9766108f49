package dev.latchkey.session;

import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Ends what an account has open, inside the transaction of what makes it end. */
@Singleton
public class Sessions {
    private final AccessTokens tokens;
    private final SessionKeys keys;

    Sessions(AccessTokens tokens, SessionKeys keys) {
        this.tokens = tokens;
        this.keys = keys;
    }

    /** Ends every session and every access token of an account. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void endAll(UUID accountId) {
        tokens.removeAllOf(accountId);
        keys.removeAllOf(accountId);
    }

    /** Ends all but the access token that asks for it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void endOthers(UUID accountId, UUID keptToken) {
        tokens.removeOthersOf(accountId, keptToken);
        keys.removeAllOf(accountId);
    }
}
