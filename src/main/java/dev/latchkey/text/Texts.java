package dev.latchkey.text;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.ULocale;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.text.ListFormat;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one bundle in every language that has a file in {@code i18n/}.
 *
 * <p>Not a {@link java.util.ResourceBundle}: that one falls back to the language of the server's operating system, and
 * remembers every locale it was ever asked for.
 */
public final class Texts {
    /** The language of the file without a suffix, spoken to whoever speaks none of the others. */
    public static final Locale FALLBACK = Locale.ENGLISH;

    /** Every language that people are spoken to in. Their first subtags differ, which is all that {@link #best} looks at. */
    private static final List<Locale> SPOKEN = Stream.of(
                    "en", "de", "fr", "es", "it", "pt-BR", "nl", "pl", "tr", "ar", "ja", "zh-Hans")
            .map(Locale::forLanguageTag)
            .toList();

    /** What is filled into their sentences must not reorder the words around it, and keeps its own direction. */
    private static final Set<Locale> RIGHT_TO_LEFT = SPOKEN.stream()
            .filter(locale -> ULocale.forLocale(locale).isRightToLeft())
            .collect(Collectors.toUnmodifiableSet());

    private static final char FIRST_STRONG_ISOLATE = '\u2068';
    private static final char POP_DIRECTIONAL_ISOLATE = '\u2069';

    /** English that names no country: the day before the month, and 24 hours. */
    private static final Locale INTERNATIONAL_ENGLISH = Locale.UK;

    private static final String PLURAL = ", plural,";
    private static final String BRAND = "brand";
    private static final Pattern PLACE = Pattern.compile("\\{(\\d|" + BRAND + ")}");
    /** Callers send far less; what is longer is not worth reading. */
    private static final int LONGEST_RANGES = 500;

    private final String bundle;
    private final @Nullable String brand;
    private final Map<String, Locale> byLanguage;
    private final Map<Locale, Map<String, String>> read = new ConcurrentHashMap<>();
    /** By text; each is used by one thread at a time. */
    private final Map<String, MessageFormat> plurals = new ConcurrentHashMap<>();

    /** A bundle that does not name the operator. */
    public Texts(String bundle) {
        this(bundle, null);
    }

    /**
     * Finds out which languages a bundle has, by the name of its files; a language is read when it is first spoken.
     *
     * @param brand what its texts have as {@code {brand}}
     */
    public Texts(String bundle, @Nullable String brand) {
        this.bundle = bundle;
        this.brand = brand;
        byLanguage = SPOKEN.stream()
                .filter(locale -> Resources.isThere(file(locale)))
                .collect(Collectors.toUnmodifiableMap(Locale::getLanguage, Function.identity()));
    }

    /** The languages there are texts for. */
    public List<Locale> locales() {
        return SPOKEN.stream().filter(byLanguage::containsValue).toList();
    }

    /**
     * The best language for a list of ranges as in Accept-Language (RFC 4647), or for the locale of an account; phones
     * write them with underscores, too. Whoever reads another variety of a language reads this one rather than another
     * language, so Portugal is spoken to as Brazil is.
     *
     * @return empty when the ranges cannot be read or there are no texts in any of them
     */
    public Optional<Locale> best(String ranges) {
        if (ranges.isBlank() || ranges.length() > LONGEST_RANGES) {
            return Optional.empty();
        }
        try {
            return Locale.LanguageRange.parse(ranges.replace('_', '-')).stream()
                    .filter(range -> range.getWeight() > 0)
                    .map(range -> byLanguage.get(
                            Locale.forLanguageTag(range.getRange()).getLanguage()))
                    .filter(Objects::nonNull)
                    .findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The text in that language with its values filled in, or null when there is no such key. It holds {@code {0}},
     * {@code {1}}, and for what is counted plurals as in ICU's messages: {@code {0, plural, one {# minute} other
     * {# minutes}}}; for scripts to fill in, a text that is given no values keeps all these. {@code {brand}} is the operator's
     * name. Numbers, moments and times to wait are written as the language does; other values are isolated where it is written
     * from right to left; an apostrophe is just an apostrophe.
     *
     * @param locale one of {@link #locales()}; any other gets the fallback
     */
    public @Nullable String find(Locale locale, String key, @Nullable Object... values) {
        String text = of(locale).get(key);
        if (text == null || text.indexOf('{') < 0) {
            return text;
        }
        if (values.length > 0 && text.contains(PLURAL)) {
            MessageFormat format = plurals.computeIfAbsent(
                    locale.toLanguageTag() + text, ignored -> new MessageFormat(text.replace("'", "''"), locale));
            synchronized (format) {
                return format.format(Stream.of(values)
                        .map(value -> value instanceof Number ? value : written(locale, value))
                        .toArray());
            }
        }
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(filled(locale, place.group(), place.group(1), values)));
    }

    /** What stands at a place; the place itself where nothing was given for it. */
    private String filled(Locale locale, String place, String name, @Nullable Object[] values) {
        if (name.equals(BRAND)) {
            return brand == null ? place : written(locale, brand);
        }
        int index = Integer.parseInt(name);
        return index < values.length ? written(locale, values[index]) : place;
    }

    private static String written(Locale locale, @Nullable Object value) {
        if (value instanceof Duration wait) {
            return Waits.in(locale, wait);
        }
        if (value instanceof Number number) {
            return NumberFormat.getIntegerInstance(locale).format(number);
        }
        String text = value instanceof Instant moment ? moment(locale, moment) : String.valueOf(value);
        return RIGHT_TO_LEFT.contains(locale) ? FIRST_STRONG_ISOLATE + text + POP_DIRECTIONAL_ISOLATE : text;
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
        of(locale).forEach((key, text) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), text);
            }
        });
        return found;
    }

    /** Several names in one sentence: "name, bio and photo". */
    public static String list(Locale locale, List<String> names) {
        return names.isEmpty()
                ? ""
                : ListFormat.getInstance(locale, ListFormat.Type.STANDARD, ListFormat.Style.FULL)
                        .format(names);
    }

    /** A moment in words, to the minute: in UTC and saying so, as nobody told us where its readers live. */
    public static String moment(Locale locale, Instant moment) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                        .withLocale(locale.equals(Locale.ENGLISH) ? INTERNATIONAL_ENGLISH : locale)
                        .format(moment.atOffset(ZoneOffset.UTC))
                + " UTC";
    }

    private Map<String, String> of(Locale locale) {
        return read.computeIfAbsent(byLanguage.containsValue(locale) ? locale : FALLBACK, this::read);
    }

    /** Where its file is silent, a language says what the fallback says. */
    private Map<String, String> read(Locale locale) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Resources.text(file(FALLBACK))));
            properties.load(new StringReader(Resources.text(file(locale))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return Map.copyOf(texts);
    }

    private String file(Locale locale) {
        return Resources.path("i18n/" + bundle, locale, ".properties");
    }
}
