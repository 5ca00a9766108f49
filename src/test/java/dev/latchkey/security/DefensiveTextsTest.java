package dev.latchkey.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Asvs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no source, view or script of ours says, or only where this says so. */
final class DefensiveTextsTest {
    private static final Path JAVA = Path.of("src/main/java");
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern ALGORITHM =
            Pattern.compile("(?:MessageDigest|Mac|Signature|KeyFactory)\\.getInstance\\((\"[^\"]+\"|[\\w.()]+)\\)");

    @Test
    @Asvs({"11.4.1", "11.4.3", "11.2.3", "11.2.2"})
    void digestsAreSha256AndNamedInOnePlaceEach() {
        assertThat(found(JAVA, ".java", ALGORITHM).values().stream()
                        .flatMap(List::stream)
                        .distinct())
                .containsExactlyInAnyOrder(
                        // HMAC-SHA256, by the algorithm of its key or the name beside it
                        "key.getAlgorithm()",
                        "HMAC",
                        "ALGORITHM",
                        // what mail providers sign with; SNS by SHA-256, or by SHA-1 as its version 1 has it
                        "\"SHA256withECDSA\"",
                        "algorithm",
                        "\"EC\"",
                        "\"RSA\"");
        assertThat(found(JAVA, ".java", Pattern.compile("DigestUtils(?:\\.|::)(\\w+)")).values().stream()
                        .flatMap(List::stream))
                .isNotEmpty()
                .allMatch(name -> name.toLowerCase(Locale.ROOT).contains("sha256"));
    }

    @Test
    @Asvs({"1.2.9", "1.3.10"})
    void patternsAndFormatsAreWrittenByUs() {
        Pattern made = Pattern.compile("Pattern\\.compile\\(\\s*([a-z]\\w*)[,)]|String\\.format\\(\\s*([a-z]\\w*)[,)]");

        assertThat(found(JAVA, ".java", made).keySet().stream()
                        .map(file -> file.getFileName().toString()))
                .as("all of them have constants of ours passed in")
                .containsExactlyInAnyOrder("ConfigurationRule.java", "ContactField.java", "SmtpBlame.java");
    }

    @Test
    @Asvs("1.2.4")
    void queriesAreConstants() {
        Pattern joined = Pattern.compile(
                "\"[^\"\n]*\\b(?:SELECT|INSERT|UPDATE|DELETE)\\b [^\"\n]*\" ?\\+ ?[a-z]\\w*(?:\\.|\\()");

        Map<Path, List<String>> strangers = found(JAVA, ".java", joined);
        // A backup copies every table, by the names that the database itself gives them.
        strangers.keySet().removeIf(file -> file.startsWith(JAVA.resolve("dev/latchkey/backup")));
        assertThat(strangers).isEmpty();
    }

    @Test
    @Asvs({"1.1.2", "1.2.1", "1.3.7"})
    void viewsEscapeWhatTheyShow() {
        assertThat(found(RESOURCES.resolve("views"), ".html", Pattern.compile("(th:utext)")))
                .isEmpty();
        Map<Path, List<String>> plain =
                found(RESOURCES.resolve("views"), ".html", Pattern.compile("\\[\\((\\$\\{[^}]+})\\)]"));
        assertThat(plain.values().stream().flatMap(List::stream).distinct())
                .as("colours that were checked at the start")
                .allMatch(value -> value.startsWith("${brand."));
    }

    @Test
    @Asvs({"3.2.2", "1.3.2", "15.3.6"})
    void scriptsMakeNoMarkupAndNoCode() {
        Pattern dangerous = Pattern.compile(
                "\\b(innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|new Function|__proto__)");

        assertThat(found(RESOURCES, ".js", dangerous)).isEmpty();
        assertThat(found(RESOURCES, ".html", dangerous)).isEmpty();
    }

    @Test
    @Asvs({"6.2.6", "6.2.7"})
    void passphrasesAreTypedMaskedAndMayBePasted() {
        Map<Path, List<String>> fields =
                found(RESOURCES.resolve("views"), ".html", Pattern.compile("(<input [^>]*type=\"password\"[^>]*>)"));
        assertThat(fields.get(RESOURCES.resolve("views/parts.html")))
                .as("the field that every form with a passphrase has")
                .singleElement()
                .asString()
                .contains("th:autocomplete=\"${kind}\"");
        Pattern unmasked =
                Pattern.compile("(<input (?![^>]*type=\"password\")[^>]*name=\"(?:passphrase|current|password)\")");
        assertThat(found(RESOURCES.resolve("views"), ".html", unmasked)).isEmpty();
        assertThat(found(RESOURCES.resolve("views"), ".html", Pattern.compile("(onpaste)")))
                .isEmpty();
        assertThat(found(RESOURCES, ".js", Pattern.compile("passphrase[^\n]*addEventListener\\('(paste)'")))
                .isEmpty();
    }

    @Test
    void wouldFindAnotherDigest() {
        assertThat(ALGORITHM
                        .matcher("MessageDigest.getInstance(\"MD5\")")
                        .results()
                        .map(match -> match.group(1)))
                .containsExactly("\"MD5\"");
    }

    private static Map<Path, List<String>> found(Path root, String ending, Pattern pattern) {
        Map<Path, List<String>> found = new TreeMap<>();
        for (Path file : files(root, ending)) {
            List<String> here = new ArrayList<>();
            pattern.matcher(text(file))
                    .results()
                    .map(DefensiveTextsTest::firstGroup)
                    .forEach(here::add);
            if (!here.isEmpty()) {
                found.put(file, here);
            }
        }
        return found;
    }

    private static String firstGroup(MatchResult match) {
        for (int i = 1; i <= match.groupCount(); i++) {
            if (match.group(i) != null) {
                return match.group(i);
            }
        }
        return match.group();
    }

    private static List<Path> files(Path root, String ending) {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> all =
                    files.filter(file -> file.toString().endsWith(ending)).toList();
            assertThat(all).as(root + " with " + ending).isNotEmpty();
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
