package dev.latchkey.history;

import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.magiclink.LinkStatusService.Asked;
import io.micronaut.transaction.annotation.ReadOnly;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells people what happened to their account within the past month: what was asked for, and what was changed. */
@Singleton
public class HistoryService {
    private final Changes changes;
    private final LinkStatusService requests;
    private final Clock clock;

    HistoryService(Changes changes, LinkStatusService requests, Clock clock) {
        this.changes = changes;
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * A part of what happened, newest first.
     *
     * @param after how far it was read before; absent for the newest
     * @param most how many entries
     */
    @ReadOnly
    public Page page(UUID accountId, @Nullable HistoryCursor after, int most) {
        return new Reading(accountId, after == null ? HistoryCursor.start(clock.instant()) : after, most).page();
    }

    /** Changes before one of them, newest first, with the values that are still kept. */
    @ReadOnly
    public List<Change> changesBefore(UUID accountId, UUID id, int most) {
        return changes.newestBefore(accountId, id, most);
    }

    /**
     * Some entries.
     *
     * @param next where the following ones begin; absent when there are none
     */
    public record Page(List<HistoryEntry> entries, @Nullable HistoryCursor next) {}

    /** Goes through changes and requests side by side; a request with which something was changed is told with that. */
    private final class Reading {
        private final UUID accountId;
        private final int most;
        private final int some;
        private final Instant now = clock.instant();
        private final Instant since = now.minus(Changes.KEPT);
        private final Rows<Change> made;
        private final Rows<Asked> asked;
        private final Map<UUID, Asked> used = new HashMap<>();
        private final Set<UUID> toldWithChange = new HashSet<>();
        private HistoryCursor place;

        Reading(UUID accountId, HistoryCursor from, int most) {
            this.accountId = accountId;
            this.place = from;
            this.most = most;
            // One more shows whether there are more.
            this.some = most + 1;
            this.made = new Rows<>(some, this::made);
            this.asked = new Rows<>(some, this::asked);
        }

        Page page() {
            // What came in since.
            skip(made, change -> change.happenedAt().isAfter(place.at()));
            List<HistoryEntry> entries = new ArrayList<>();
            while (entries.size() < most && (made.head() != null || asked.head() != null)) {
                HistoryEntry entry = next();
                if (entry != null) {
                    entries.add(entry);
                }
            }
            return new Page(entries, isAtEnd() ? null : place);
        }

        private @Nullable HistoryEntry next() {
            Change change = made.head();
            Asked request = asked.head();
            if (request == null || (change != null && !change.happenedAt().isBefore(request.at()))) {
                Change taken = Objects.requireNonNull(change);
                made.take();
                place = place.after(taken);
                return HistoryEntry.of(taken, taken.requestId() == null ? null : used.get(taken.requestId()), now);
            }
            asked.take();
            place = place.after(request);
            return toldWithChange.contains(request.id()) ? null : HistoryEntry.of(request);
        }

        private boolean isAtEnd() {
            if (made.head() == null) {
                skip(asked, request -> toldWithChange.contains(request.id()));
            }
            return made.head() == null && asked.head() == null;
        }

        private static <T> void skip(Rows<T> rows, Predicate<T> which) {
            for (T row = rows.head(); row != null && which.test(row); row = rows.head()) {
                rows.take();
            }
        }

        /** Ids grow with the time. */
        private List<Change> made(@Nullable Change last) {
            List<Change> rows = changes.newestBefore(accountId, last == null ? place.change() : last.id(), some);
            List<UUID> links = rows.stream()
                    .map(Change::requestId)
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .toList();
            requests.among(accountId, links).forEach(request -> used.put(request.id(), request));
            return rows.stream()
                    .takeWhile(row -> !row.happenedAt().isBefore(since))
                    .toList();
        }

        private List<Asked> asked(@Nullable Asked last) {
            List<Asked> rows = last == null
                    ? requests.newestOf(accountId, place.at(), place.request(), some)
                    : requests.newestOf(accountId, last.at(), last.id(), some);
            Collection<String> ids =
                    rows.stream().map(row -> row.id().toString()).toList();
            if (!ids.isEmpty()) {
                changes.requestsAmong(accountId, ids).forEach(id -> toldWithChange.add(UUID.fromString(id)));
            }
            return rows;
        }
    }

    /** Rows in their order, fetched some at a time. */
    private static final class Rows<T> {
        private final int some;
        private final Function<@Nullable T, List<T>> fetch;
        private final Deque<T> fetched = new ArrayDeque<>();
        private @Nullable T last;
        private boolean ended;

        /** @param fetch so many after one of them, or the first; fewer when there are no more */
        Rows(int some, Function<@Nullable T, List<T>> fetch) {
            this.some = some;
            this.fetch = fetch;
        }

        @Nullable
        T head() {
            if (fetched.isEmpty() && !ended) {
                fetched.addAll(fetch.apply(last));
                ended = fetched.size() < some;
            }
            return fetched.peek();
        }

        void take() {
            last = fetched.remove();
        }
    }
}
