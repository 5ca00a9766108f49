package dev.latchkey.session;

import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Ends what an account has open, inside the transaction of what makes it end. */
@Singleton
public class Sessions {
    private final OpenSessions sessions;

    Sessions(OpenSessions sessions) {
        this.sessions = sessions;
    }

    /** Ends every session of an account, by access token or by session key. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void endAll(UUID accountId) {
        sessions.removeAllOf(accountId);
    }

    /** Ends all but that of the access token which asks for it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void endOthers(UUID accountId, UUID keptToken) {
        sessions.removeOthersOf(accountId, keptToken.toString());
    }
}
