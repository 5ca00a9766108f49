package dev.latchkey.membership.moving;

import dev.latchkey.config.LinkSettings;
import dev.latchkey.limit.Budget;
import dev.latchkey.limit.RateLimits;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How often an account may ask to move: as often as for links, refilled evenly. */
@Singleton
public final class MoveLimits {
    private final RateLimits limits;
    private final LinkSettings settings;

    MoveLimits(RateLimits limits, LinkSettings settings) {
        this.limits = limits;
        this.settings = settings;
    }

    /** Counts one, inside a transaction that is undone where the answer is how long to wait. */
    Optional<Duration> count(UUID accountId) {
        return budgets(accountId).stream()
                .flatMap(budget -> limits.take(budget).stream())
                .findFirst();
    }

    /** Forgets an account that goes. */
    public void forget(UUID accountId) {
        budgets(accountId).forEach(limits::forget);
    }

    private List<Budget> budgets(UUID accountId) {
        int perMinute = settings.linksPerMinute();
        return List.of(
                new Budget(
                        "moves in a minute",
                        accountId.toString(),
                        perMinute,
                        Duration.ofMinutes(1).dividedBy(perMinute)),
                Budget.perHour("moves", accountId.toString(), settings.linksPerHour()));
    }
}
