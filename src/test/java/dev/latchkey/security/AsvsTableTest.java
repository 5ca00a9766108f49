package dev.latchkey.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.ArchTest;
import dev.latchkey.support.Asvs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Each requirement of OWASP ASVS 5.0, levels 1 and 2, has its test or a reason; {@code -Dasvs.write=true} writes the page. */
final class AsvsTableTest {
    private static final Path REQUIREMENTS = Path.of("src/test/resources/asvs/requirements.csv");
    private static final Path PAGE = Path.of("docs/asvs.md");
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(place -> place.contains("test-classes"))
            .importPackages("dev.latchkey");

    private static final Set<String> TESTS_BY =
            Set.of(Test.class.getName(), ParameterizedTest.class.getName(), ArchTest.class.getName());

    @Test
    void eachRequirementHasATestOrAReason() throws IOException {
        assertThat(table(Files.readAllLines(REQUIREMENTS)).faults()).isEmpty();
    }

    @Test
    void whatHoldsARequirementIsRun() {
        List<String> idle = new ArrayList<>();
        for (JavaClass type : TESTS) {
            if (type.isAnnotatedWith(Asvs.class) && isDisabled(type)) {
                idle.add(type.getName());
            }
            for (JavaMember member : type.getMembers()) {
                if (member.isAnnotatedWith(Asvs.class) && (!isTest(member) || isDisabled(member) || isDisabled(type))) {
                    idle.add(member.getFullName());
                }
            }
        }
        assertThat(idle).isEmpty();
    }

    @Test
    void thePageSaysWhatIsTrue() throws IOException {
        String page = table(Files.readAllLines(REQUIREMENTS)).markdown();
        if (Boolean.getBoolean("asvs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page);
    }

    /** A planted fault: a new requirement that nobody has looked at, one that was forgotten, and a number that is none. */
    @Test
    void wouldFindARequirementThatNobodyHolds() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(REQUIREMENTS));
        lines.removeIf(line -> line.startsWith("6.2.1;") || line.startsWith("4.3.1;"));
        lines.add("4.3.1;2;GraphQL costs");
        lines.add("99.1.1;1;something new;because");
        lines.replaceAll(line -> line.equals("6.2.2;1;passphrases can be changed") ? line + ";none: no time" : line);

        assertThat(table(lines).faults())
                .hasSize(4)
                .anyMatch(fault -> fault.startsWith("6.2.1 is no requirement"))
                .anyMatch(fault -> fault.startsWith("4.3.1 has neither"))
                .anyMatch(fault -> fault.startsWith("99.1.1 has a reason of no kind"))
                .anyMatch(fault -> fault.startsWith("6.2.2 has a test and a reason"));
    }

    private static AsvsTable table(List<String> lines) {
        AsvsTable table = new AsvsTable(lines);
        for (JavaClass type : TESTS) {
            note(table, type, type.getSimpleName());
            type.getMembers().forEach(member -> note(table, member, type.getSimpleName() + "." + member.getName()));
        }
        return table;
    }

    private static void note(AsvsTable table, CanBeAnnotated annotated, String name) {
        if (annotated.isAnnotatedWith(Asvs.class)) {
            Asvs asvs = switch (annotated) {
                case JavaClass type -> type.getAnnotationOfType(Asvs.class);
                case JavaMember member -> member.getAnnotationOfType(Asvs.class);
                default -> throw new IllegalArgumentException(name);
            };
            for (String number : asvs.value()) {
                table.isHeldBy(number, name);
            }
        }
    }

    private static boolean isTest(HasAnnotations<?> annotated) {
        return names(annotated).anyMatch(TESTS_BY::contains);
    }

    /** On systems where there is nothing of the kind, some tests have nothing to look at. */
    private static boolean isDisabled(HasAnnotations<?> annotated) {
        return names(annotated)
                .filter(name -> !name.endsWith("OnOs"))
                .anyMatch(name -> name.equals(Disabled.class.getName())
                        || name.startsWith(Disabled.class.getPackageName() + ".condition."));
    }

    private static Stream<String> names(HasAnnotations<?> annotated) {
        return annotated.getAnnotations().stream()
                .map(annotation -> annotation.getRawType().getName());
    }
}
