package dev.latchkey.http;

import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.text.Texts;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What problems are called and what they mean, from {@code i18n/problems.properties}, in the language of the call at
 * hand. Not a bean, as requests are refused where none is at hand: while they are parsed.
 */
public final class ProblemTexts {
    private static final Texts TEXTS = new Texts("problems");

    private ProblemTexts() {}

    public static String title(ProblemType type) {
        return text(type.slug());
    }

    /** What it means and what to do about it. */
    public static String explanation(ProblemType type) {
        return text(type.slug() + ".help");
    }

    /** That nobody knows whether something was done, and how to find out. */
    public static String unknown(OutcomeUnknown unknown) {
        return text("unknown." + unknown.doing().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** The sentence for a key, filled in. */
    public static String text(String key, @Nullable Object... values) {
        return TEXTS.text(language(), key, values);
    }

    /** The language these are in. */
    static Locale language() {
        return CallLanguage.among(TEXTS);
    }
}
