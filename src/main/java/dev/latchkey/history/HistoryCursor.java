package dev.latchkey.history;

import dev.latchkey.magiclink.LinkStatusService.Asked;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far somebody has read in their history. Changes and requests each have an order of their own, so it names the last
 * of both; whatever comes in meanwhile is newer, and nothing is told twice or left out.
 *
 * @param at when that happened which was told last
 * @param change id of the last change
 * @param request id of the last request of that very moment
 */
public record HistoryCursor(Instant at, UUID change, UUID request) {
    private static final UUID LAST = new UUID(-1, -1);
    private static final String ID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,15})_" + ID + "_" + ID);

    /** Before the newest. */
    static HistoryCursor start(Instant now) {
        // Another node's clock may be ahead.
        return new HistoryCursor(now.plusSeconds(3600), LAST, LAST);
    }

    /** The place that a text names; empty when it names none. */
    public static Optional<HistoryCursor> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new HistoryCursor(
                        Instant.ofEpochMilli(Long.parseLong(parts.group(1))),
                        UUID.fromString(parts.group(2)),
                        UUID.fromString(parts.group(3))))
                : Optional.empty();
    }

    /** What {@link #parse} takes; fit for an address. */
    @Override
    public String toString() {
        return at.toEpochMilli() + "_" + change + "_" + request;
    }

    HistoryCursor after(Change last) {
        return new HistoryCursor(last.happenedAt(), last.id(), last.happenedAt().equals(at) ? request : LAST);
    }

    HistoryCursor after(Asked last) {
        return new HistoryCursor(last.at(), change, last.id());
    }
}
