package dev.latchkey.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is shipped in another language says all that the English texts say. */
final class BundlesTest {
    private static final Path FOLDER = Path.of("src/main/resources/i18n");
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");
    private static final Set<String> FOR_PROGRAMS = Set.of("account", "assistant", "fields", "problems");

    static Stream<String> translations() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString().replace(".properties", ""))
                    .filter(name -> name.contains("_"))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("translations")
    void aTranslationHasEveryTextWithTheSamePlaces(String name) throws IOException {
        assertThat(places(name)).isEqualTo(places(name.substring(0, name.indexOf('_'))));
    }

    @ParameterizedTest
    @MethodSource("translations")
    void aTranslationTranslates(String name) throws IOException {
        Map<String, String> english = read(name.substring(0, name.indexOf('_')));
        Map<String, String> same = read(name);
        same.entrySet().removeIf(text -> !text.getValue().equals(english.get(text.getKey())));

        // Words that both languages have.
        assertThat(same.keySet()).isSubsetOf("field.bio", "field.name", "field.passphrase");
    }

    @ParameterizedTest
    @MethodSource("forPrograms")
    void whatProgramsAreToldIsThereInGerman(String bundle) throws IOException {
        assertThat(translations()).contains(bundle + "_de");
    }

    static Set<String> forPrograms() {
        return FOR_PROGRAMS;
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
