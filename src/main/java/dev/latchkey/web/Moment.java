package dev.latchkey.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/**
 * A moment on a page: for machines, and in words.
 *
 * @param iso as in ISO 8601, from which the script makes the reader's own time
 * @param text in UTC and saying so, for readers without script
 */
public record Moment(String iso, String text) {

    /** In the language of the page. */
    public static Moment of(Instant instant, Locale locale) {
        return new Moment(
                instant.toString(),
                DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                                .withLocale(locale)
                                .format(instant.atOffset(ZoneOffset.UTC))
                        + " UTC");
    }
}
