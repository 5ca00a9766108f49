package dev.latchkey.text;

import java.time.Duration;
import java.util.Locale;

/** Spans of time in words, as a person would say them. */
public final class Durations {
    private static final Texts TEXTS = new Texts("durations");

    private Durations() {}

    /** How long something lasts, for a sentence like "It works for {0}": in the largest unit that comes out even. */
    public static String span(Locale locale, Duration duration) {
        long minutes = Math.max(1, duration.toMinutes());
        if (minutes % (24 * 60) == 0) {
            return TEXTS.text(locale, "span.days", minutes / (24 * 60));
        }
        return minutes % 60 == 0
                ? TEXTS.text(locale, "span.hours", minutes / 60)
                : TEXTS.text(locale, "span.minutes", minutes);
    }
}
