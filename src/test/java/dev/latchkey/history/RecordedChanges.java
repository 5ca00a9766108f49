package dev.latchkey.history;

import dev.latchkey.account.Account;
import dev.latchkey.account.EmailAddress;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Changes that are written down as any feature does it, whatever it was that changed. */
@Singleton
class RecordedChanges {
    private final ChangeLog log;
    private final Changes changes;

    RecordedChanges(ChangeLog log, Changes changes) {
        this.log = log;
        this.changes = changes;
    }

    Change record(
            Account account,
            @Nullable EmailAddress told,
            Origin origin,
            Map<String, String> before,
            Map<String, String> after) {
        return write(account, written -> written.record(account.id(), told, origin, before, after));
    }

    /** Gives the account's newest change as it is stored after some work. */
    @Transactional
    Change write(Account account, Consumer<ChangeLog> work) {
        work.accept(log);
        return changes.newestBefore(account.id(), new UUID(-1, -1), 1).getFirst();
    }
}
