package dev.latchkey.magiclink;

import dev.latchkey.config.AssistantSettings;
import dev.latchkey.config.LinkSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * Decides whether one more link may be asked for. The limits of a subject are exact: they look at its own requests
 * within the last minute and hour, by what was typed and by account. Those of callers are wide and counted in full
 * hours. All live in the database, so they hold across nodes and restarts. Called inside the transaction that records
 * the request.
 *
 * <p>Nobody's flood starves others: what an account or a caller is refused costs the key's budget nothing; callers that
 * do not name themselves leave a quarter of it to those that do; and whoever comes without a key leaves the last link
 * of an account's hour to its owner.
 */
@Singleton
final class LinkLimiter {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    /** One in so many of a key's links. */
    private static final int RESERVED = 4;

    private static final String NAMELESS = "/nameless";

    private final LinkSettings settings;
    private final AssistantSettings assistants;
    private final LinkRequests requests;
    private final CallerLimits callers;

    LinkLimiter(LinkSettings settings, AssistantSettings assistants, LinkRequests requests, CallerLimits callers) {
        this.settings = settings;
        this.assistants = assistants;
        this.requests = requests;
        this.callers = callers;
    }

    /** How long to wait before the same may be asked for again, whoever it is; empty when it may be now. */
    Optional<Duration> waitFor(String subjectDigest, Caller caller, Instant now) {
        return wait(caller, now, most -> requests.newestSince(subjectDigest, hours(now), now.minus(HOUR), most));
    }

    /** How long to wait before an account may be mailed to again, under whichever name; empty when it may be now. */
    Optional<Duration> waitFor(UUID accountId, Caller caller, Instant now) {
        return wait(caller, now, most -> requests.newestSince(accountId, hours(now), now.minus(HOUR), most));
    }

    /**
     * Counts a request of a caller.
     *
     * @return how long to wait before asking again; empty when it may go on
     */
    Optional<Duration> count(Caller caller, Instant now) {
        Instant window = now.truncatedTo(ChronoUnit.HOURS);
        boolean allowed = true;
        for (String hint : caller.hints()) {
            allowed = allowed && countCaller(hint, window, settings.callerLinksPerHour());
        }
        int budget = caller.isMcp() ? assistants.mcpLinksPerHour() : settings.actionKeyLinksPerHour();
        if (caller.hints().isEmpty() && !caller.isOurDoor()) {
            allowed = countCaller(caller.key() + NAMELESS, window, budget - budget / RESERVED);
        }
        allowed = allowed && countCaller(caller.key(), window, budget);
        return allowed ? Optional.empty() : Optional.of(Duration.between(now, window.plus(HOUR)));
    }

    private Optional<Duration> wait(Caller caller, Instant now, IntFunction<List<Instant>> newest) {
        int perHour = caller.isMcp() ? Math.max(1, settings.linksPerHour() - 1) : settings.linksPerHour();
        int most = Math.max(perHour, settings.linksPerMinute());
        List<Instant> recent = newest.apply(most);
        Duration wait = longest(wait(recent, settings.linksPerMinute(), MINUTE, now), wait(recent, perHour, HOUR, now));
        return wait.isPositive() ? Optional.of(wait) : Optional.empty();
    }

    /** Those that the past hour touches. */
    private static List<Long> hours(Instant now) {
        long present = LinkRequest.hourOf(now);
        return List.of(present, present - 1);
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

    private boolean countCaller(String digest, Instant window, int most) {
        return callers.countOneMore(digest, window, most) == 1
                || callers.openWindow(digest, window) == 1
                // Another node opened the window between the two statements.
                || callers.countOneMore(digest, window, most) == 1;
    }
}
