package dev.latchkey.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A list of plain, friendly words of our own, one a line, from {@code words/} in the resources.
 *
 * @param words all of them, in order
 */
public record WordList(List<String> words) {

    /** Reads a list by name; its absence is a broken jar. */
    public static WordList load(String name) {
        try (InputStream file = WordList.class.getResourceAsStream("/words/" + name + ".txt")) {
            byte[] bytes = Objects.requireNonNull(file, name).readAllBytes();
            return new WordList(
                    new String(bytes, StandardCharsets.UTF_8).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One word, each equally likely. */
    public String pick(RandomGenerator random) {
        return words.get(random.nextInt(words.size()));
    }
}
