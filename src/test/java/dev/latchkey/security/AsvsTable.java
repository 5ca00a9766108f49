package dev.latchkey.security;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Requirements, the tests that hold them, and the reasons why none does. */
final class AsvsTable {
    private static final Comparator<String> BY_NUMBER = Comparator.comparing((String number) -> part(number, 0))
            .thenComparing(number -> part(number, 1))
            .thenComparing(number -> part(number, 2));
    private static final List<String> CHAPTERS = List.of(
            "Encoding and sanitisation",
            "Validation and business logic",
            "Web front end",
            "APIs",
            "Files",
            "Authentication",
            "Sessions",
            "Authorization",
            "Self-contained tokens",
            "OAuth",
            "Cryptography",
            "Secure communication",
            "Configuration",
            "Data protection",
            "Coding and architecture",
            "Logging and errors",
            "WebRTC");

    private final Map<String, Requirement> requirements = new TreeMap<>(BY_NUMBER);
    private final Map<String, SortedSet<String>> tests = new TreeMap<>(BY_NUMBER);

    /**
     * One requirement.
     *
     * @param reason why no test holds it, behind a word for the kind of reason; empty where one has to
     */
    private record Requirement(String level, String subject, String reason) {}

    AsvsTable(List<String> lines) {
        lines.stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(";", 4))
                .forEach(fields -> requirements.put(
                        fields[0], new Requirement(fields[1], fields[2], fields.length > 3 ? fields[3] : "")));
    }

    void isHeldBy(String number, String test) {
        tests.computeIfAbsent(number, none -> new TreeSet<>()).add(test);
    }

    /** What is wrong with the table; empty when each requirement has either a test or a reason. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        tests.forEach((number, names) -> {
            if (!requirements.containsKey(number)) {
                faults.add(number + " is no requirement of level 1 or 2, named by " + names);
            }
        });
        requirements.forEach((number, requirement) -> {
            boolean held = tests.containsKey(number);
            if (held && !requirement.reason().isEmpty()) {
                faults.add(number + " has a test and a reason why it has none");
            } else if (!held && requirement.reason().isEmpty()) {
                faults.add(number + " has neither a test nor a reason: " + requirement.subject());
            } else if (!held && !requirement.reason().matches("(none|operator|differs): .+|document: \\S+\\.md#\\S+")) {
                faults.add(number + " has a reason of no kind: " + requirement.reason());
            }
        });
        return faults;
    }

    /** The pages and headings that are said to document something. */
    List<String> documents() {
        return requirements.values().stream()
                .map(Requirement::reason)
                .filter(reason -> reason.startsWith("document: "))
                .map(reason -> reason.substring("document: ".length()))
                .distinct()
                .toList();
    }

    String markdown() {
        StringBuilder page = new StringBuilder("""
                # OWASP ASVS 5.0

                Every requirement of levels 1 and 2 of the [OWASP Application Security Verification Standard](https://github.com/OWASP/ASVS)
                5.0.0 (CC BY-SA 4.0; its text is there, what is here are a few words of our own), with the test that would fail were
                it broken, or the reason why there is none. Made from the annotations `@Asvs` of the tests and from
                `src/test/resources/asvs/requirements.csv` by `AsvsTableTest`, which fails when a requirement has neither or both.

                """);
        page.append(summary());
        String chapter = "";
        for (Map.Entry<String, Requirement> entry : requirements.entrySet()) {
            String number = entry.getKey();
            if (!number.startsWith(chapter) || chapter.isEmpty()) {
                chapter = part(number, 0) + ".";
                page.append("\n## V").append(part(number, 0)).append(" ").append(CHAPTERS.get(part(number, 0) - 1));
                page.append("\n\n| | level | about | held by, or why not |\n|---|---|---|---|\n");
            }
            page.append("| %s | %s | %s | %s |\n"
                    .formatted(
                            number,
                            entry.getValue().level(),
                            entry.getValue().subject(),
                            how(number, entry.getValue())));
        }
        return page.toString();
    }

    private String summary() {
        Map<String, Long> kinds = requirements.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getValue().reason().replaceFirst(":.*", ""), Collectors.counting()));
        return "%d requirements: %d held by tests, %d by a document, %d the operator's, %d about what there is not, and %d in which the product differs.%n"
                .formatted(
                        requirements.size(),
                        kinds.getOrDefault("", 0L),
                        kinds.getOrDefault("document", 0L),
                        kinds.getOrDefault("operator", 0L),
                        kinds.getOrDefault("none", 0L),
                        kinds.getOrDefault("differs", 0L));
    }

    private String how(String number, Requirement requirement) {
        SortedSet<String> names = tests.get(number);
        if (names != null) {
            return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        }
        String[] reason = requirement.reason().split(": ", 2);
        return switch (reason[0]) {
            case "document" -> {
                String target = reason[1].replaceFirst("^docs/", "");
                yield "[" + target.replaceFirst("#.*", "") + "](" + target + ")";
            }
            case "operator" -> "**The operator's**: " + reason[1];
            case "differs" -> "**Differs**: " + reason[1];
            default -> "Not there: " + reason[1];
        };
    }

    private static int part(String number, int which) {
        return Arrays.stream(number.split("\\."))
                .mapToInt(Integer::parseInt)
                .skip(which)
                .findFirst()
                .orElse(0);
    }
}
