package dev.latchkey.credential;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Work that waits, a lane for each caller: lanes take turns, so whoever brings much waits for themselves. A full queue
 * refuses, but first what the caller with the longest lane brought last. Not thread-safe.
 *
 * @param <T> what waits
 */
final class HashingQueue<T> {
    private final int most;
    private final LinkedHashMap<String, Deque<T>> lanes = new LinkedHashMap<>();
    private int size;

    HashingQueue(int most) {
        this.most = most;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /**
     * Lets something wait.
     *
     * @return what cannot wait any longer for it, perhaps itself; empty when there was room
     */
    Optional<T> offer(String caller, T work) {
        int mine = lanes.containsKey(caller) ? lanes.get(caller).size() : 0;
        Optional<T> refused = Optional.empty();
        if (size == most) {
            Map.Entry<String, Deque<T>> longest = lanes.entrySet().stream()
                    .max(Comparator.comparingInt(lane -> lane.getValue().size()))
                    .orElseThrow();
            if (longest.getValue().size() <= mine + 1) {
                return Optional.of(work);
            }
            refused = Optional.of(longest.getValue().removeLast());
            size--;
        }
        lanes.computeIfAbsent(caller, name -> new ArrayDeque<>()).add(work);
        size++;
        return refused;
    }

    /** The next in turn; empty when nothing waits. */
    Optional<T> poll() {
        Map.Entry<String, Deque<T>> lane = lanes.pollFirstEntry();
        if (lane == null) {
            return Optional.empty();
        }
        T next = lane.getValue().remove();
        size--;
        if (!lane.getValue().isEmpty()) {
            lanes.put(lane.getKey(), lane.getValue());
        }
        return Optional.of(next);
    }
}
