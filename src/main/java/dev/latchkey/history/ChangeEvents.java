package dev.latchkey.history;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.webhook.Event;
import dev.latchkey.webhook.EventType;
import dev.latchkey.webhook.Events;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Tells the operator's own programs of a change, in the transaction that makes it: what an account shows and is reached by,
 * not who is signed in to it or may ask for links.
 */
@Singleton
final class ChangeEvents {
    private static final Set<String> UNTOLD =
            Set.of(ChangeLog.SESSIONS, ChangeLog.GRANTS, ChangeLog.SCOPES, ChangeLog.ASSISTANTS, ChangeLog.NEW_EMAIL);

    private final Events events;
    private final Accounts accounts;

    ChangeEvents(Events events, Accounts accounts) {
        this.events = events;
        this.accounts = accounts;
    }

    /** As {@link ChangeLog#record} has it. */
    void tell(UUID accountId, Origin origin, Map<String, String> before, Map<String, String> after) {
        List<String> fields = after.keySet().stream()
                .filter(key -> !UNTOLD.contains(key))
                .sorted()
                .toList();
        if (!fields.isEmpty()) {
            events.tell(() -> happened(accounts.findById(accountId).orElseThrow(), fields, origin, before, after));
        }
    }

    private static List<Event> happened(
            Account account,
            List<String> fields,
            Origin origin,
            Map<String, String> before,
            Map<String, String> after) {
        List<Event> happened = new ArrayList<>();
        boolean undone = origin.door() == Door.UNDO;
        List<String> changed = undone
                ? fields
                : fields.stream().filter(key -> !key.equals(ChangeLog.EMAIL)).toList();
        if (!changed.isEmpty()) {
            EventType type = undone ? EventType.PROFILE_UNDONE : EventType.PROFILE_CHANGED;
            happened.add(event(type, account, origin).changing(changed));
        }
        String address = after.get(ChangeLog.EMAIL);
        // An undo gives back the address that was told of the change, also where the account never moved.
        if (address != null && !address.equals(before.get(ChangeLog.EMAIL))) {
            happened.add(event(EventType.EMAIL_CHANGED, account, origin).movedTo(address));
        }
        return happened;
    }

    private static Event event(EventType type, Account account, Origin origin) {
        return Event.of(type, account.id(), account.pin()).through(HistoryEntry.key(origin.door()), origin.client());
    }
}
