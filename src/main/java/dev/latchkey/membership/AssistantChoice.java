package dev.latchkey.membership;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.Door;
import dev.latchkey.history.Origin;
import dev.latchkey.history.Restorable;
import dev.latchkey.session.PageSession;
import dev.latchkey.session.Sessions;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether assistants may ask for links on somebody's behalf, as they choose it themselves. */
@Singleton
public class AssistantChoice implements Restorable {
    private static final String ON = "on";
    private static final String OFF = "off";

    private final Accounts accounts;
    private final AccountLock lock;
    private final Sessions sessions;
    private final ChangeLog changes;

    AssistantChoice(Accounts accounts, AccountLock lock, Sessions sessions, ChangeLog changes) {
        this.accounts = accounts;
        this.lock = lock;
        this.sessions = sessions;
        this.changes = changes;
    }

    /** Lets assistants ask or not; the same once more changes nothing, and neither does a session that was ended. */
    @Transactional
    public void choose(PageSession session, boolean allowed) {
        Optional<Account> account = lock.lock(session.accountId())
                .filter(Account::usable)
                .filter(owner -> sessions.existsById(session.id()));
        account.filter(owner -> accounts.letAssistantsAsk(owner.id(), allowed) == 1)
                .ifPresent(owner -> changes.record(
                        owner.id(),
                        owner.told(),
                        Origin.of(Door.ACCOUNT_PAGE),
                        Map.of(ChangeLog.ASSISTANTS, word(owner.assistants())),
                        Map.of(ChangeLog.ASSISTANTS, word(allowed))));
    }

    @Override
    public Set<String> keys() {
        return Set.of(ChangeLog.ASSISTANTS);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<String, String> restore(Account locked, Map<String, String> before) {
        accounts.letAssistantsAsk(locked.id(), ON.equals(before.get(ChangeLog.ASSISTANTS)));
        return Map.of(ChangeLog.ASSISTANTS, word(locked.assistants()));
    }

    private static String word(boolean allowed) {
        return allowed ? ON : OFF;
    }
}
