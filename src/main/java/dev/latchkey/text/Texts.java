package dev.latchkey.text;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one bundle in every language that has a file in {@code i18n/}, all read at start.
 *
 * <p>Not a {@link java.util.ResourceBundle}: that one falls back to the language of the server's operating system, and
 * remembers every locale it was ever asked for.
 */
public final class Texts {
    /** The language of the file without a suffix, spoken to whoever speaks none of the others. */
    public static final Locale FALLBACK = Locale.ENGLISH;

    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");
    /** Callers send far less; what is longer is not worth reading. */
    private static final int LONGEST_RANGES = 500;

    private static final List<String> SCRIPTS = List.of("Arab", "Cyrl", "Hans", "Hant", "Latn");

    private final Map<Locale, Map<String, String>> byLocale;

    /** Reads a bundle by the name of its files. */
    public Texts(String bundle) {
        byLocale = readAll(bundle);
    }

    /** The languages there are texts for. */
    public Set<Locale> locales() {
        return byLocale.keySet();
    }

    /**
     * The best language for a list of ranges as in Accept-Language (RFC 4647, lookup); phones write them with
     * underscores, too.
     *
     * @return empty when the ranges cannot be read or there are no texts in any of them
     */
    public Optional<Locale> best(String ranges) {
        if (ranges.isBlank() || ranges.length() > LONGEST_RANGES) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Locale.lookup(Locale.LanguageRange.parse(ranges.replace('_', '-')), locales()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The text in that language with {@code {0}}, {@code {1}} filled in, or null when there is no such key.
     *
     * @param locale one of {@link #locales()}; any other gets the fallback
     */
    public @Nullable String find(Locale locale, String key, @Nullable Object... values) {
        String text = byLocale.getOrDefault(locale, byLocale.getOrDefault(FALLBACK, Map.of()))
                .get(key);
        if (text == null || values.length == 0) {
            return text;
        }
        return PLACE.matcher(text).replaceAll(place -> {
            int index = Integer.parseInt(place.group(1));
            return Matcher.quoteReplacement(index < values.length ? String.valueOf(values[index]) : place.group());
        });
    }

    /** The text for a key that exists, in the language of the call at hand. */
    public String text(String key, @Nullable Object... values) {
        return text(Languages.ofCall(this), key, values);
    }

    /** As {@link #find}, for keys that exist. */
    public String text(Locale locale, String key, @Nullable Object... values) {
        String text = find(locale, key, values);
        if (text == null) {
            throw new IllegalArgumentException("No text for " + key);
        }
        return text;
    }

    /** All texts in that language whose keys begin with this, by the rest of their keys. */
    public Map<String, String> under(Locale locale, String prefix) {
        Map<String, String> found = new TreeMap<>();
        byLocale.getOrDefault(locale, byLocale.getOrDefault(FALLBACK, Map.of())).forEach((key, text) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), text);
            }
        });
        return found;
    }

    private static Map<Locale, Map<String, String>> readAll(String bundle) {
        Map<Locale, Map<String, String>> all = new HashMap<>();
        all.put(FALLBACK, read(Resources.text(file(bundle))));
        for (String language : Locale.getISOLanguages()) {
            Locale locale = Locale.of(language);
            refine(all, bundle, FALLBACK, locale);
            if (all.containsKey(locale)) {
                for (String country : Locale.getISOCountries()) {
                    refine(all, bundle, locale, Locale.of(language, country));
                }
                for (String script : SCRIPTS) {
                    Locale written = new Locale.Builder()
                            .setLanguage(language)
                            .setScript(script)
                            .build();
                    refine(all, bundle, locale, written);
                }
            }
        }
        return Map.copyOf(all);
    }

    /** Adds a language that has a file of its own; where that is silent, it says what a more general one says. */
    private static void refine(Map<Locale, Map<String, String>> all, String bundle, Locale general, Locale special) {
        byte[] file = Resources.find(file(bundle + "_" + special.toLanguageTag().replace('-', '_')));
        if (file != null) {
            Map<String, String> texts = new HashMap<>(all.getOrDefault(general, Map.of()));
            texts.putAll(read(new String(file, StandardCharsets.UTF_8)));
            all.put(special, Map.copyOf(texts));
        }
    }

    private static String file(String name) {
        return "i18n/" + name + ".properties";
    }

    private static Map<String, String> read(String file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return Map.copyOf(texts);
    }
}
