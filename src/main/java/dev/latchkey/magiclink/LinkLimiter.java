package dev.latchkey.magiclink;

import dev.latchkey.config.LinkSettings;
import dev.latchkey.limit.RateLimits;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Decides whether one more link may be asked for somebody. These limits are exact: they look at the requests of the last
 * minute and hour, by what was typed and by account. Called inside the transaction that records the request. What callers
 * may ask for in all, {@link CallerBudgets} knows.
 *
 * <p>Whoever comes without a key through {@code /mcp} leaves the last link of an account's hour to its owner. Requests
 * that a clock wrote which was ahead count for nothing.
 */
@Singleton
final class LinkLimiter {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final LinkSettings settings;
    private final LinkRequests requests;
    private final CallerBudgets budgets;

    LinkLimiter(LinkSettings settings, LinkRequests requests, CallerBudgets budgets) {
        this.settings = settings;
        this.requests = requests;
        this.budgets = budgets;
    }

    /**
     * Counts a request for its caller too: whoever comes without a key is counted first; what an account is refused costs
     * an action key nothing.
     */
    Optional<LinkOutcome.LimitReached> check(Caller caller, Supplier<Optional<Duration>> ofSubject) {
        Supplier<Optional<LinkOutcome.LimitReached>> byCaller =
                () -> budgets.countLink(caller).map(wait -> new LinkOutcome.LimitReached(wait, true));
        Supplier<Optional<LinkOutcome.LimitReached>> bySubject =
                () -> ofSubject.get().map(wait -> new LinkOutcome.LimitReached(wait, false));
        return caller.address() == null
                ? bySubject.get().or(byCaller)
                : byCaller.get().or(bySubject);
    }

    /** How long to wait before the same may be asked for again, whoever it is; empty when it may be now. */
    Optional<Duration> waitFor(String subjectDigest, Caller caller, Instant now) {
        return wait(
                caller,
                now,
                past -> requests.newestOf(subjectDigest, past.firstHour(), past.since(), past.until(), past.most()));
    }

    /** How long to wait before an account may be mailed to again, under whichever name; empty when it may be now. */
    Optional<Duration> waitFor(UUID accountId, Caller caller, Instant now) {
        return wait(
                caller,
                now,
                past -> requests.newestOf(accountId, past.firstHour(), past.since(), past.until(), past.most()));
    }

    private Optional<Duration> wait(Caller caller, Instant now, Function<Past, List<Instant>> newest) {
        int perHour = caller.isMcp() ? Math.max(1, settings.linksPerHour() - 1) : settings.linksPerHour();
        int most = Math.max(perHour, settings.linksPerMinute());
        List<Instant> recent = newest.apply(Past.before(now, most));
        Duration wait = longest(wait(recent, settings.linksPerMinute(), MINUTE, now), wait(recent, perHour, HOUR, now));
        return wait.isPositive() ? Optional.of(wait) : Optional.empty();
    }

    /** Until the oldest of the last {@code limit} requests leaves the window. */
    private static Duration wait(List<Instant> newestFirst, int limit, Duration window, Instant now) {
        return newestFirst.size() < limit
                ? Duration.ZERO
                : Duration.between(now, newestFirst.get(limit - 1).plus(window));
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** The past hour, up to what the clock of another node may say by now; and how many requests of it matter. */
    private record Past(long firstHour, Instant since, Instant until, int most) {
        static Past before(Instant now, int most) {
            Instant since = now.minus(HOUR);
            return new Past(LinkRequest.hourOf(since), since, now.plus(RateLimits.SKEW), most);
        }
    }
}
