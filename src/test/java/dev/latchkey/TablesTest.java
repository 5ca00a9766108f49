package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each table belongs to one room: the one that has its entity. Nobody else names it, not even inside a query, where no
 * other rule of the house looks.
 */
class TablesTest {
    private static final Pattern CREATED = Pattern.compile("CREATE TABLE (?:IF NOT EXISTS )?(\\w+)");
    private static final Pattern ENTITY = Pattern.compile("@MappedEntity\\(\"(\\w+)\"\\)");
    private static final Pattern NAMED =
            Pattern.compile("\\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\\s+(\\w+)", Pattern.CASE_INSENSITIVE);

    private final Map<Path, String> classes = Sources.classes();
    private final Map<String, String> owners = new TreeMap<>();

    TablesTest() {
        classes.forEach((file, text) -> ENTITY.matcher(text)
                .results()
                .forEach(entity -> owners.merge(entity.group(1), room(file), (a, b) -> {
                    assertThat(a)
                            .as("rooms with an entity of " + entity.group(1))
                            .isEqualTo(b);
                    return a;
                })));
    }

    @Test
    void everyTableHasARoom() {
        assertThat(tables()).isNotEmpty().isSubsetOf(owners.keySet());
    }

    @Test
    void nobodyNamesAnotherRoomsTable() {
        List<String> strangers = new ArrayList<>();
        classes.forEach((file, text) -> NAMED.matcher(text).results().forEach(named -> {
            String table = named.group(1).toLowerCase(Locale.ROOT);
            if (!room(file).equals(owners.getOrDefault(table, room(file)))) {
                strangers.add(file + " names " + table);
            }
        }));
        assertThat(strangers).isEmpty();
    }

    private static List<String> tables() {
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/migration/sqlite"))) {
            return migrations
                    .map(Sources::text)
                    .flatMap(sql -> CREATED.matcher(sql).results())
                    .map(created -> created.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first folder of a file: what lies below a room belongs to it. */
    private static String room(Path file) {
        return file.getName(0).toString();
    }
}
