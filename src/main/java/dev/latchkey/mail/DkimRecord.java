package dev.latchkey.mail;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The TXT record by which a domain says that a key is its own.
 *
 * @param name where it lies, such as {@code latchkey2026._domainkey.example.com}
 * @param text what it holds, in one piece, as most providers of DNS ask for it
 */
public record DkimRecord(String name, String text) {
    /** RFC 1035 section 3.3: a string of a record has a length of one byte. */
    private static final int LONGEST = 255;

    /** As the file of a zone has it. */
    public String line() {
        List<String> strings = IntStream.iterate(0, at -> at < text.length(), at -> at + LONGEST)
                .mapToObj(at -> "\"" + text.substring(at, Math.min(at + LONGEST, text.length())) + "\"")
                .toList();
        return name + ". IN TXT "
                + (strings.size() == 1
                        ? strings.getFirst()
                        : strings.stream().collect(Collectors.joining(" ", "( ", " )")));
    }
}
