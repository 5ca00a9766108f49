package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How large a file and a room may grow: docs/architecture.md. */
class SizesTest {
    private static final int LINES_MOST = 250;
    private static final int CLASSES_MOST = 25;

    @Test
    void noClassIsLongerThanSomebodyReads() {
        Map<Path, String> longOnes = Sources.classes();
        longOnes.values().removeIf(text -> text.lines().count() <= LINES_MOST);
        assertThat(longOnes.keySet()).isEmpty();
    }

    @Test
    void noRoomHoldsMoreThanSomebodyKeepsInMind() {
        Map<String, Long> fullOnes = new TreeMap<>(Sources.classes().keySet().stream()
                .map(Path::getParent)
                .collect(Collectors.groupingBy(String::valueOf, Collectors.counting())));
        fullOnes.values().removeIf(classes -> classes <= CLASSES_MOST);
        assertThat(fullOnes).isEmpty();
    }

    @Test
    void aRuleAboutARoomThatIsGoneFails() {
        assertThatThrownBy(() -> Sources.packages("account", "cellar"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("cellar");
    }
}
