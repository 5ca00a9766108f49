package dev.latchkey.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.PluralRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every language says all that the English texts say, in words of its own. */
final class BundlesTest {
    private static final Path FOLDER = Path.of("src/main/resources/i18n");
    private static final Pattern PLACE = Pattern.compile("\\{(\\d|brand)(?=[,}])");
    private static final Pattern PLURAL = Pattern.compile("\\{\\d, plural,((?:\\s*\\w+ \\{[^{}]*})+)\\s*}");
    private static final Pattern CATEGORY = Pattern.compile("(\\w+) \\{([^{}]*)}");
    private static final Pattern BRACES = Pattern.compile("[{}]");

    /** A text of English: two of its small words are in no other language together. */
    private static final Pattern ENGLISH =
            Pattern.compile("\\b(the|your|with|was|this|that|have|does|nothing|anybody|whoever)\\b");

    static Stream<String> bundles() throws IOException {
        return names().filter(name -> !name.contains("_"));
    }

    static Stream<String> translations() throws IOException {
        return names().filter(name -> name.contains("_"));
    }

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString().replace(".properties", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    @DisplayName("Every bundle is there in all twelve languages, and in no other")
    void isInEveryLanguage(String bundle) throws IOException {
        Set<String> files = translations()
                .filter(name -> bundleOf(name).equals(bundle))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(new Texts(bundle).locales()).hasSize(12);
        assertThat(files).hasSize(11);
    }

    @ParameterizedTest
    @MethodSource("translations")
    @DisplayName("A translation has every text, with the same places in it")
    void hasEveryTextWithTheSamePlaces(String name) throws IOException {
        assertThat(places(name)).isEqualTo(places(bundleOf(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    @DisplayName("What is counted has every plural form of the language, and each is a whole text")
    void hasEveryPlural(String name) throws IOException {
        Set<String> categories = PluralRules.forLocale(localeOf(name)).getKeywords();

        read(name).forEach((key, text) -> {
            PLURAL.matcher(text)
                    .results()
                    .forEach(plural -> assertThat(CATEGORY.matcher(plural.group(1))
                                    .results()
                                    .collect(Collectors.toMap(form -> form.group(1), form -> form.group(2))))
                            .as(key)
                            .containsOnlyKeys(categories)
                            .allSatisfy((category, words) -> assertThat(words).isNotBlank()));
            String uncounted = PLURAL.matcher(text).replaceAll("");
            // ICU, which counts, knows no names beside numbers.
            String place = uncounted.equals(text) ? "\\{(\\d|brand)}" : "\\{\\d}";
            assertThat(BRACES.matcher(uncounted.replaceAll(place, "")).find())
                    .as(key + " has a brace too many")
                    .isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("translations")
    @DisplayName("Nothing is left in English")
    void translates(String name) throws IOException {
        Map<String, String> english = read(bundleOf(name));

        read(name).forEach((key, text) -> {
            if (text.equals(english.get(key))) {
                // Words that both languages have.
                assertThat(text.replaceAll("\\{(\\d|brand)}", "")
                                .replaceAll("\\P{L}+", " ")
                                .strip()
                                .split(" ", -1))
                        .as(key + " = " + text)
                        .hasSizeLessThanOrEqualTo(2);
            }
            assertThat(ENGLISH.matcher(text).results().map(MatchResult::group).distinct())
                    .as(key + " = " + text)
                    .hasSizeLessThan(2);
        });
    }

    @Test
    @DisplayName("Languages that are written in other letters have no word in ours but names")
    void keepsToItsOwnLetters() throws IOException {
        Pattern word = Pattern.compile("[A-Za-z][a-z]{3,}");
        Set<String> names = Set.of("JPEG", "HEIC", "Accept", "Retry", "Unicode");
        for (String language : Set.of("ar", "ja", "zh_Hans")) {
            for (String bundle : Set.of("messages", "mail", "durations", "fields")) {
                read(bundle + "_" + language)
                        .forEach((key, text) -> assertThat(word.matcher(PLURAL.matcher(text)
                                                .replaceAll(plural -> CATEGORY.matcher(plural.group(1))
                                                        .replaceAll("$2"))
                                                .replaceAll(
                                                        "\\{brand}|\\S+@\\S+|client_id|redirect_uris?|amber falcon|iPhone|OAuth|OpenAPI|zh-Hans",
                                                        ""))
                                        .results()
                                        .map(MatchResult::group)
                                        .filter(found -> !names.contains(found))
                                        .toList())
                                .as(bundle + "_" + language + " " + key + " = " + text)
                                .isEmpty());
            }
        }
    }

    private static String bundleOf(String name) {
        return name.replaceFirst("_.*", "");
    }

    private static Locale localeOf(String name) {
        return name.contains("_")
                ? Locale.forLanguageTag(name.replaceFirst("^[a-z]+_", "").replace('_', '-'))
                : Texts.FALLBACK;
    }

    private static Map<String, Set<String>> places(String name) throws IOException {
        return read(name).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        text -> PLACE.matcher(text.getValue())
                                .results()
                                .map(MatchResult::group)
                                .collect(Collectors.toCollection(TreeSet::new))));
    }

    private static Map<String, String> read(String name) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(FOLDER.resolve(name + ".properties"))) {
            properties.load(reader);
        }
        Map<String, String> texts = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }
}
