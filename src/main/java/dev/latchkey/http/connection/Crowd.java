package dev.latchkey.http.connection;

import dev.latchkey.limit.CallerAddress;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Connections of one kind, of which there are only so many, and of one caller only a share. Whoever comes when it is
 * full gets in: for it goes the one that has waited longest for its own caller. Safe for use by many threads.
 */
final class Crowd {
    private final int most;
    private final int share;
    private final Map<Connection, CallerAddress> members = new ConcurrentHashMap<>();
    private final Map<CallerAddress, Integer> counts = new ConcurrentHashMap<>();

    Crowd(int most, int share) {
        this.most = most;
        this.share = share;
    }

    /**
     * Takes a connection in.
     *
     * @param caller {@link CallerAddress#UNKNOWN} has no share of its own
     * @return the one that is out for it; the newcomer itself when the server is at work for all others
     */
    Optional<Connection> join(Connection newcomer, CallerAddress caller) {
        members.put(newcomer, caller);
        int ofCaller = counts.merge(caller, 1, Integer::sum);
        if (ofCaller > share && !caller.equals(CallerAddress.UNKNOWN)) {
            return Optional.of(makeRoom(newcomer, caller));
        }
        return members.size() > most ? Optional.of(makeRoom(newcomer, null)) : Optional.empty();
    }

    /** Whether it was still in. */
    boolean leave(Connection connection) {
        CallerAddress caller = members.remove(connection);
        if (caller == null) {
            return false;
        }
        counts.computeIfPresent(caller, (key, count) -> count == 1 ? null : count - 1);
        return true;
    }

    private Connection makeRoom(Connection newcomer, @Nullable CallerAddress caller) {
        while (true) {
            Connection longest = members.entrySet().stream()
                    .filter(member -> caller == null || caller.equals(member.getValue()))
                    .map(Map.Entry::getKey)
                    .filter(member -> member != newcomer && member.isWaiting())
                    .max(Comparator.comparingLong(Connection::nanosWaited))
                    .orElse(newcomer);
            if (leave(longest) || longest == newcomer) {
                return longest;
            }
        }
    }
}
