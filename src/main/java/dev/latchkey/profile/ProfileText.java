package dev.latchkey.profile;

import dev.latchkey.profile.InvalidField.Reason;
import dev.latchkey.text.InvisibleCharacters;
import dev.latchkey.text.Resources;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** The rules for what people write about themselves, by which {@link ProfileField#parse} reads it. */
public final class ProfileText {
    private static final int NICKNAME_LEAST = 3;
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|[\r\u0085\u2028\u2029]");
    private static final Pattern NICKNAME = Pattern.compile("[a-z][a-z0-9_]*");

    /** They sound as if the people who run the service spoke, so nobody may have them. */
    private static final Set<String> RESERVED = Set.copyOf(Resources.words("reserved-nicknames"));

    /** What changes how a word looks but not how it reads: {@code _admin_}, {@code ad_min}, {@code admin2}. */
    private static final Pattern ORNAMENT = Pattern.compile("_|[0-9_]+$");

    private static final Set<String> LANGUAGES = languages();

    private ProfileText() {}

    static Parsed bio(String typed, int most) {
        String text = LINE_BREAK.matcher(typed).replaceAll("\n");
        if (text.codePointCount(0, text.length()) > most) {
            return new Parsed.Refused(Reason.TOO_LONG);
        }
        return has(text, c -> unreadable(c) && c != '\n' && c != '\t')
                ? new Parsed.Refused(Reason.CONTROL_CHARACTERS)
                : new Parsed.Text(text);
    }

    /** One line, of which something can be seen. */
    static Parsed line(String typed, int most) {
        if (typed.isBlank()) {
            return new Parsed.Text("");
        }
        if (InvisibleCharacters.isAllOf(typed)) {
            return new Parsed.Refused(Reason.INVISIBLE);
        }
        String text = InvisibleCharacters.trimName(typed);
        if (text.codePointCount(0, text.length()) > most) {
            return new Parsed.Refused(Reason.TOO_LONG);
        }
        return has(text, c -> unreadable(c) || breaksLine(c) || InvisibleCharacters.turnsText(c))
                ? new Parsed.Refused(Reason.CONTROL_CHARACTERS)
                : new Parsed.Text(text);
    }

    static Parsed nickname(String typed, int most) {
        String text = InvisibleCharacters.trim(typed).toLowerCase(Locale.ROOT);
        if (text.isEmpty()) {
            return new Parsed.Text(text);
        }
        if (!NICKNAME.matcher(text).matches()) {
            return new Parsed.Refused(Reason.ILL_FORMED);
        }
        if (text.length() < NICKNAME_LEAST) {
            return new Parsed.Refused(Reason.TOO_SHORT);
        }
        if (text.length() > most) {
            return new Parsed.Refused(Reason.TOO_LONG);
        }
        return RESERVED.contains(text)
                        || RESERVED.contains(ORNAMENT.matcher(text).replaceAll(""))
                ? new Parsed.Refused(Reason.RESERVED)
                : new Parsed.Text(text);
    }

    static Parsed locale(String typed, int most) {
        String text = InvisibleCharacters.trim(typed);
        Locale locale;
        try {
            locale = new Locale.Builder().setLanguageTag(text).build();
        } catch (IllformedLocaleException e) {
            return new Parsed.Refused(Reason.ILL_FORMED);
        }
        String tag = locale.toLanguageTag();
        if (tag.length() > most || text.isEmpty()) {
            return new Parsed.Refused(Reason.ILL_FORMED);
        }
        return LANGUAGES.contains(locale.getLanguage())
                ? new Parsed.Text(tag)
                : new Parsed.Refused(Reason.UNKNOWN_LANGUAGE);
    }

    private static Set<String> languages() {
        Set<String> known = new HashSet<>(List.of(Locale.getISOLanguages()));
        Arrays.stream(Locale.getAvailableLocales()).map(Locale::getLanguage).forEach(known::add);
        known.remove("");
        return Set.copyOf(known);
    }

    /** Control characters, and halves of characters that no database can keep. */
    private static boolean unreadable(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }

    private static boolean breaksLine(int c) {
        return c == '\u2028' || c == '\u2029';
    }

    private static boolean has(String text, IntPredicate what) {
        return text.codePoints().anyMatch(what);
    }

    /** What a typed text turns out to be. */
    public sealed interface Parsed {

        /** Fit to be kept, in its canonical form; empty means none. */
        record Text(String value) implements Parsed {}

        /** Not fit to be kept. */
        record Refused(Reason reason) implements Parsed {}
    }
}
