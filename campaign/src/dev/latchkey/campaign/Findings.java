package dev.latchkey.campaign;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** What a campaign has seen: violations, each said at once, and how often all else happened. */
final class Findings {
    private static final String MOST = "at most";

    private final AtomicInteger violations = new AtomicInteger();
    private final Map<String, AtomicLong> counts = new ConcurrentSkipListMap<>();

    /** What must never happen has happened. */
    void violation(String what, Object... values) {
        violations.incrementAndGet();
        System.err.println("VIOLATION " + what.formatted(values));
    }

    /** A violation where the promise was not kept. */
    void promise(boolean kept, String otherwise, Object... values) {
        if (!kept) {
            violation(otherwise, values);
        }
    }

    /** Counts what is worth a word in the result, such as answers by status. */
    void count(String what) {
        count(what, 1);
    }

    void count(String what, long times) {
        counts.computeIfAbsent(what, name -> new AtomicLong()).addAndGet(times);
    }

    /** Remembers the largest; its name ends with {@link #MOST}, so that rounds are not added up. */
    void most(String what, long value) {
        counts.computeIfAbsent(what, name -> new AtomicLong()).accumulateAndGet(value, Math::max);
    }

    /** How a count of one round joins those before it. */
    static long join(String what, long before, long more) {
        return what.endsWith(MOST) ? Math.max(before, more) : before + more;
    }

    int violations() {
        return violations.get();
    }

    Map<String, Long> counts() {
        return counts.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, count -> count.getValue().get()));
    }
}
