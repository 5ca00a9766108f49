package dev.latchkey.config;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The colours of one theme that follow from the operator's accent, each as {@code #rrggbb}. What is written in them or on
 * them keeps to WCAG 2.2 AA (4.5 for text, and so more than the 3 that borders and the focus ring need).
 *
 * @param accent links, and what buttons are filled with
 * @param deep the same under a pointer, and on {@code soft}
 * @param on the text of buttons
 * @param soft a tint behind text
 */
public record Palette(String accent, String deep, String on, String soft) {
    /** As in {@code latchkey.css}. */
    public static final Palette LIGHT = new Palette("#0b6b58", "#07503f", "#ffffff", "#e1f0ea");

    /** As in {@code latchkey.css}. */
    public static final Palette DARK = new Palette("#6ed3b8", "#96e4cf", "#04211a", "#15312a");

    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final double TEXT = 4.5;

    /** Lighter than it must be, so that it is no strain to read. */
    private static final double IN_THE_DARK = 6;

    private static final Colour WHITE = new Colour(255, 255, 255);
    private static final Colour BLACK = new Colour(0, 0, 0);
    private static final Theme DAY = Theme.of("#f6f6f1", "#ffffff", "#f0f1ea", "#16211d", "#52605a");
    private static final Theme NIGHT = Theme.of("#0e1412", "#161e1b", "#1d2723", "#e9efec", "#a5b3ad");

    /** The light theme, where the accent is what it is. */
    public static Palette light(String hex) {
        Colour accent = Colour.parse(hex);
        // What is nearly black can be told from itself only by being lighter.
        Colour deep = accent.luminance() < 0.02 ? accent.towards(WHITE, 25) : accent.towards(BLACK, 25);
        return of(accent, deep, WHITE, DAY);
    }

    /** The dark theme, where the accent is as much lighter as it must be. */
    public static Palette dark(String hex) {
        Colour given = Colour.parse(hex);
        Colour accent = IntStream.rangeClosed(0, 100)
                .mapToObj(percent -> given.towards(WHITE, percent))
                .filter(lighter -> lighter.contrast(NIGHT.sunken) >= IN_THE_DARK)
                .findFirst()
                .orElse(WHITE);
        return of(accent, accent.towards(WHITE, 35), NIGHT.paper, NIGHT);
    }

    /** As much of a tint as leaves all that is written on it readable. */
    private static Palette of(Colour accent, Colour deep, Colour on, Theme theme) {
        Predicate<Colour> readable = tint ->
                List.of(accent, deep, theme.ink, theme.muted).stream().allMatch(text -> text.contrast(tint) >= TEXT);
        Colour soft = IntStream.iterate(14, percent -> percent > 0, percent -> percent - 1)
                .mapToObj(percent -> theme.card.towards(accent, percent))
                .filter(readable)
                .findFirst()
                .orElse(theme.card);
        return new Palette(accent.hex(), deep.hex(), on.hex(), soft.hex());
    }

    /**
     * What keeps a text from being an accent; null when nothing does. In the light theme links are written in it as it is:
     * it has to be dark enough for the paper. Everything else follows from that.
     */
    public static @Nullable String objection(String text) {
        if (!HEX.matcher(text).matches()) {
            return "is \"" + text + "\", not a colour such as #7a3cff";
        }
        Colour accent = Colour.parse(text);
        if (accent.contrast(DAY.paper) >= TEXT) {
            return null;
        }
        Colour darker = IntStream.rangeClosed(1, 100)
                .mapToObj(percent -> accent.towards(BLACK, percent))
                .filter(colour -> colour.contrast(DAY.paper) >= TEXT)
                .findFirst()
                .orElse(BLACK);
        return String.format(
                Locale.ROOT,
                "is %s, whose contrast with the light pages is %.2f, and text needs 4.5; %s would do",
                text,
                // Rounded down: nothing that is refused may read as if it were enough.
                Math.floor(accent.contrast(DAY.paper) * 100) / 100,
                darker.hex());
    }

    String properties() {
        return " --accent: " + accent + "; --accent-deep: " + deep + "; --on-accent: " + on + "; --accent-soft: " + soft
                + "; ";
    }

    /** What there is beside the accent, as in {@code latchkey.css}. */
    private record Theme(Colour paper, Colour card, Colour sunken, Colour ink, Colour muted) {
        static Theme of(String paper, String card, String sunken, String ink, String muted) {
            return new Theme(
                    Colour.parse(paper),
                    Colour.parse(card),
                    Colour.parse(sunken),
                    Colour.parse(ink),
                    Colour.parse(muted));
        }
    }

    /** A colour of sRGB. */
    record Colour(int red, int green, int blue) {
        static Colour parse(String hex) {
            int value = Integer.parseInt(hex.substring(1), 16);
            return new Colour(value >> 16, value >> 8 & 0xFF, value & 0xFF);
        }

        /** WCAG 2.2, contrast ratio. */
        double contrast(Colour other) {
            double one = luminance() + 0.05;
            double two = other.luminance() + 0.05;
            return Math.max(one, two) / Math.min(one, two);
        }

        /** WCAG 2.2, relative luminance. */
        double luminance() {
            return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
        }

        Colour towards(Colour other, int percent) {
            return new Colour(
                    between(red, other.red, percent),
                    between(green, other.green, percent),
                    between(blue, other.blue, percent));
        }

        String hex() {
            return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
        }

        private static int between(int from, int to, int percent) {
            return Math.round(from + (to - from) * percent / 100f);
        }

        private static double linear(int channel) {
            double value = channel / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        }
    }
}
