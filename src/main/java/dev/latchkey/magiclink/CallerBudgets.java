package dev.latchkey.magiclink;

import dev.latchkey.config.LinkSettings;
import dev.latchkey.limit.Budget;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.limit.RateLimits;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How much callers may ask for, whoever it is about. All budgets refill evenly and answer how long to wait; empty means
 * that the request was counted and may go on.
 *
 * <p>Nobody's calls spend what others need. Whoever comes without a key spends the budget of their own network address
 * alone. The one budget that strangers share, for mails to addresses that never asked for any, is theirs to half at
 * most, and its last quarter is for those who have spent none of it lately. Callers with a key that do not name
 * themselves leave a quarter of the key's budget to those that do.
 */
@Singleton
public final class CallerBudgets {
    /** One in so many. */
    private static final int RESERVED = 4;
    /** Requests at once from one network address, however few an hour it may make. */
    private static final int AT_ONCE = 60;
    /** The tenth of an hour's requests that may be made at once. */
    private static final int TENTH = 10;
    /** A key's budget is kept in parts of at least this many, so that requests do not queue for one row of it. */
    private static final int LEAST_PART = 5_000;

    private static final int MOST_PARTS = 16;

    private final LinkSettings settings;
    private final RateLimits limits;
    private final LinkMetrics metrics;

    CallerBudgets(LinkSettings settings, RateLimits limits, LinkMetrics metrics) {
        this.settings = settings;
        this.limits = limits;
        this.metrics = metrics;
    }

    /** Counts a request for a link, unless it was counted before. */
    public Optional<Duration> countLink(Caller caller) {
        if (caller.counted()) {
            return Optional.empty();
        }
        CallerAddress address = caller.address();
        return address == null ? countKey(caller, hints(caller)) : limits.take(ofAddress(caller, address));
    }

    /** Counts an attempt to sign up, before anything costly is done for it and whether or not the address is taken. */
    public Optional<Duration> countSignUp(Caller caller) {
        CallerAddress address = caller.address();
        return noted(address == null ? takeAll(hints(caller)) : limits.take(shareOf(address)));
    }

    /** Counts a mail to an address that never asked for one; after {@link #countSignUp}. */
    public Optional<Duration> countNewAddress(Caller caller) {
        CallerAddress address = caller.address();
        return noted(
                address == null ? countKey(caller, List.of(ofNewAddresses(caller))) : countNewAddress(caller, address));
    }

    /** Undoes {@link #countNewAddress}: nobody was mailed after all. */
    public void giveBackNewAddress(Caller caller) {
        limits.giveBack(ofNewAddresses(caller));
    }

    private Optional<Duration> countNewAddress(Caller caller, CallerAddress address) {
        Budget shared = ofNewAddresses(caller);
        Optional<Duration> wait = limits.take(shared, shared.atOnce() / RESERVED);
        return wait.isPresent() && limits.taken(shareOf(address)) <= 1 ? limits.take(shared) : wait;
    }

    /** Takes of other budgets and of the key, of all or of none. */
    private Optional<Duration> countKey(Caller caller, List<Budget> others) {
        Optional<Duration> wait = takeAll(others);
        if (wait.isPresent()) {
            return wait;
        }
        wait = takeOfKey(caller);
        if (wait.isPresent()) {
            others.forEach(limits::giveBack);
        }
        return wait;
    }

    private Optional<Duration> takeAll(List<Budget> budgets) {
        List<Budget> taken = new ArrayList<>();
        for (Budget budget : budgets) {
            Optional<Duration> wait = limits.take(budget);
            if (wait.isPresent()) {
                taken.forEach(limits::giveBack);
                return wait;
            }
            taken.add(budget);
        }
        return Optional.empty();
    }

    private Optional<Duration> takeOfKey(Caller caller) {
        int perHour = settings.actionKeyLinksPerHour();
        int parts = Math.clamp(perHour / LEAST_PART, 1, MOST_PARTS);
        int part = ThreadLocalRandom.current().nextInt(parts);
        Budget budget = Budget.perHour("action-key", caller.key() + "/" + part, perHour / parts);
        return limits.take(budget, caller.hints().isEmpty() ? budget.atOnce() / RESERVED : 0);
    }

    private List<Budget> hints(Caller caller) {
        return caller.hints().stream()
                .map(hint -> Budget.perHour("hint", hint, settings.callerLinksPerHour()))
                .toList();
    }

    private Optional<Duration> noted(Optional<Duration> wait) {
        wait.ifPresent(refused -> metrics.limited());
        return wait;
    }

    /** Never less than one account may get. */
    private Budget ofAddress(Caller caller, CallerAddress address) {
        int asked = caller.isMcp() ? settings.mcpLinksPerHour() : settings.networkLinksPerHour();
        int perHour = Math.max(asked, settings.linksPerHour());
        int atOnce = Math.max(Math.max(perHour / TENTH, Math.min(perHour, AT_ONCE)), settings.linksPerMinute());
        return Budget.perHour(caller.isMcp() ? "mcp" : "links", address.value(), perHour, atOnce);
    }

    private Budget ofNewAddresses(Caller caller) {
        String holder = caller.address() == null ? caller.key() : "everybody without a key";
        return Budget.perHour("new-addresses", holder, settings.newAddressesPerHour());
    }

    private Budget shareOf(CallerAddress address) {
        return Budget.perHour(
                "sign-up", address.value(), settings.newAddressesPerHour() - settings.newAddressesPerHour() / 2);
    }
}
