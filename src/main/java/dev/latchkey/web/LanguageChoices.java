package dev.latchkey.web;

import dev.latchkey.profile.ProfileField;
import dev.latchkey.text.Languages;
import jakarta.inject.Singleton;
import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The languages a profile can have, named in the page's language and in their own: first those in which people are spoken to,
 * then all others.
 */
@Singleton
public final class LanguageChoices {
    /** One list per language that there are page texts in, so no request can make it grow. */
    private final Map<Locale, List<Choice>> byPage = new ConcurrentHashMap<>();

    private final List<Locale> spoken;

    LanguageChoices(Languages languages) {
        spoken = languages.spoken();
    }

    /** The list for a page in that language; a chosen tag that is not in it is put on top. */
    public List<Choice> on(Locale page, String chosen) {
        List<Choice> all = byPage.computeIfAbsent(page, this::all);
        if (chosen.isEmpty() || all.stream().anyMatch(choice -> choice.tag().equals(chosen))) {
            return all;
        }
        return Stream.concat(Stream.of(new Choice(chosen, name(chosen, page))), all.stream())
                .toList();
    }

    /** What a field of a profile holds, as people read it on a page in that language. */
    public static String inWords(ProfileField field, String value, Locale page) {
        return field == ProfileField.LOCALE && !value.isEmpty() ? name(value, page) : value;
    }

    /** A language by its name on a page in that language; what is no language is named as it is. */
    private static String name(String tag, Locale page) {
        Locale locale = Locale.forLanguageTag(tag);
        return locale.getLanguage().isEmpty() ? tag : label(locale, page);
    }

    private List<Choice> all(Locale page) {
        Stream<Locale> others = Stream.of(Locale.getISOLanguages())
                .map(Locale::of)
                .filter(locale -> !locale.getDisplayLanguage(page).equals(locale.getLanguage()))
                .filter(locale -> !spoken.contains(locale));
        return Stream.concat(sorted(spoken.stream(), page), sorted(others, page))
                .toList();
    }

    private static Stream<Choice> sorted(Stream<Locale> locales, Locale page) {
        return locales.map(locale -> new Choice(locale.toLanguageTag(), label(locale, page)))
                .sorted(Comparator.comparing(Choice::label, Collator.getInstance(page)));
    }

    private static String label(Locale locale, Locale page) {
        String name = locale.getDisplayName(page);
        String own = locale.getDisplayName(locale);
        return own.equals(name) || own.equals(locale.getDisplayName(Locale.ROOT))
                ? name
                // Own names may run the other way; isolates keep their direction to themselves (UAX 9).
                : name + " – \u2068" + own + "\u2069";
    }

    /**
     * One language to choose.
     *
     * @param tag BCP 47
     */
    public record Choice(String tag, String label) {}
}
