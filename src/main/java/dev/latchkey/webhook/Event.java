package dev.latchkey.webhook;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an account; names of things, never their values.
 *
 * @param pin absent where the account is gone, and nothing is to be kept of it but its id
 * @param changed keys of what was changed
 * @param door through which it came, as the history spells it; absent where that says nothing
 * @param client the assistant on whose behalf; absent where there was none
 * @param email the address that the account has moved to; absent of everything else
 */
public record Event(
        EventType type,
        UUID accountId,
        @Nullable Integer pin,
        List<String> changed,
        @Nullable String door,
        @Nullable String client,
        @Nullable String email) {

    public Event {
        changed = List.copyOf(changed);
    }

    /** Something that happened to an account. */
    public static Event of(EventType type, UUID accountId, int pin) {
        return new Event(type, accountId, pin, List.of(), null, null, null);
    }

    /** An account is gone. */
    public static Event deleted(UUID accountId) {
        return new Event(EventType.ACCOUNT_DELETED, accountId, null, List.of(), null, null, null);
    }

    /** The same, with where it came from. */
    public Event through(String door, @Nullable String client) {
        return new Event(type, accountId, pin, changed, door, client, email);
    }

    /** The same, with what was changed. */
    public Event changing(List<String> fields) {
        return new Event(type, accountId, pin, fields, door, client, email);
    }

    /** The same, with where the account has moved to. */
    public Event movedTo(String address) {
        return new Event(type, accountId, pin, changed, door, client, address);
    }
}
