package dev.latchkey.web.edit;

import dev.latchkey.magiclink.Inspection;
import dev.latchkey.text.Texts;
import dev.latchkey.text.Waits;
import dev.latchkey.web.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/**
 * How long a link still works, as the edit page tells it.
 *
 * @param iso when it ends, for machines
 * @param now the same of the moment at which that was said, as clocks of readers may be wrong
 * @param sentence in words, with the time in UTC
 * @param pattern the sentence with places for the script to say it anew
 * @param more whether it can be given more time
 */
public record LinkEnd(String iso, String now, String sentence, String pattern, boolean more) {
    /** Longer than that, a time of day says too little. */
    private static final Duration FAR_OFF = Duration.ofHours(20);

    static LinkEnd of(Inspection.Open link, Instant now, Texts texts, Locale locale) {
        Instant end = link.expiresAt();
        Duration left = Duration.between(now, end);
        String at = left.compareTo(FAR_OFF) > 0
                ? Moment.of(end, locale).text()
                : DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                                .withLocale(locale)
                                .format(end.atOffset(ZoneOffset.UTC))
                        + " UTC";
        return new LinkEnd(
                end.toString(),
                now.toString(),
                texts.text(locale, "edit.time", Waits.in(locale, left), at),
                texts.text(locale, "edit.time"),
                link.hasMoreTime());
    }
}
