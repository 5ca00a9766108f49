package dev.latchkey.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
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

    private final String bundle;
    private final Map<Locale, Map<String, String>> byLocale;

    /** Reads a bundle by the name of its files. */
    public Texts(String bundle) {
        this.bundle = bundle;
        byLocale = readAll();
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
        String text = byLocale.getOrDefault(locale, texts(FALLBACK)).get(key);
        if (text == null || values.length == 0) {
            return text;
        }
        return PLACE.matcher(text).replaceAll(place -> {
            int index = Integer.parseInt(place.group(1));
            return Matcher.quoteReplacement(index < values.length ? String.valueOf(values[index]) : place.group());
        });
    }

    /** As {@link #find}, for keys that exist. */
    public String text(Locale locale, String key, @Nullable Object... values) {
        String text = find(locale, key, values);
        if (text == null) {
            throw new IllegalArgumentException("No text for " + key);
        }
        return text;
    }

    private Map<String, String> texts(Locale locale) {
        return byLocale.getOrDefault(locale, Map.of());
    }

    private Map<Locale, Map<String, String>> readAll() {
        Map<String, String> base = read("");
        if (base == null) {
            throw new IllegalStateException("i18n/" + bundle + ".properties is missing from the jar");
        }
        Map<Locale, Map<String, String>> all = new HashMap<>();
        all.put(FALLBACK, base);
        for (String language : Locale.getISOLanguages()) {
            Map<String, String> own = read("_" + language);
            if (own != null) {
                Map<String, String> texts = refine(base, own);
                all.put(Locale.of(language), texts);
                readVariants(language, texts, all);
            }
        }
        return Map.copyOf(all);
    }

    private void readVariants(String language, Map<String, String> texts, Map<Locale, Map<String, String>> all) {
        for (String country : Locale.getISOCountries()) {
            Map<String, String> own = read("_" + language + "_" + country);
            if (own != null) {
                all.put(Locale.of(language, country), refine(texts, own));
            }
        }
        for (String script : SCRIPTS) {
            Map<String, String> own = read("_" + language + "_" + script);
            if (own != null) {
                all.put(
                        new Locale.Builder()
                                .setLanguage(language)
                                .setScript(script)
                                .build(),
                        refine(texts, own));
            }
        }
    }

    private static Map<String, String> refine(Map<String, String> general, Map<String, String> special) {
        Map<String, String> texts = new HashMap<>(general);
        texts.putAll(special);
        return Map.copyOf(texts);
    }

    private @Nullable Map<String, String> read(String suffix) {
        try (InputStream file = Texts.class.getResourceAsStream("/i18n/" + bundle + suffix + ".properties")) {
            if (file == null) {
                return null;
            }
            Properties properties = new Properties();
            properties.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            Map<String, String> texts = new HashMap<>();
            properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
            return Map.copyOf(texts);
        } catch (IOException e) {
            throw new UncheckedIOException("Texts cannot be read from the jar: " + suffix, e);
        }
    }
}
