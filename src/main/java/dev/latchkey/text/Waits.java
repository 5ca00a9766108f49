package dev.latchkey.text;

import com.ibm.icu.text.RelativeDateTimeFormatter;
import com.ibm.icu.text.RelativeDateTimeFormatter.Direction;
import com.ibm.icu.text.RelativeDateTimeFormatter.RelativeUnit;
import com.ibm.icu.util.ULocale;
import java.time.Duration;
import java.util.Locale;

/** How long there is to wait, as people say it, to be filled into a sentence. */
public final class Waits {
    /** Up to here seconds are counted, as in the answers of assistants. */
    private static final long LONGEST_IN_SECONDS = 90;

    private static final long LONGEST_IN_MINUTES = 90;

    private Waits() {}

    /** "In 58 seconds", "in 3 minutes", "in 2 hours", in a language; rounded up, so that nobody comes too early. */
    public static String in(Locale locale, Duration wait) {
        long seconds = Math.max(1, Math.ceilDiv(wait.toMillis(), 1000));
        long minutes = Math.ceilDiv(seconds, 60);
        if (seconds <= LONGEST_IN_SECONDS) {
            return in(locale, seconds, RelativeUnit.SECONDS);
        }
        return minutes <= LONGEST_IN_MINUTES
                ? in(locale, minutes, RelativeUnit.MINUTES)
                : in(locale, Math.ceilDiv(minutes, 60), RelativeUnit.HOURS);
    }

    private static String in(Locale locale, long many, RelativeUnit unit) {
        return RelativeDateTimeFormatter.getInstance(ULocale.forLocale(locale))
                .format((double) many, Direction.NEXT, unit);
    }
}
