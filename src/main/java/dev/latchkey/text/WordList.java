package dev.latchkey.text;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A list of plain, friendly words of our own, one a line, from {@code words/} in the resources.
 *
 * @param words all of them, in order
 */
public record WordList(List<String> words) {

    /** Reads a list by name; its absence is a broken jar. */
    public static WordList load(String name) {
        return new WordList(Resources.text("words/" + name + ".txt").lines().toList());
    }

    /** One word, each equally likely. */
    public String pick(RandomGenerator random) {
        return words.get(random.nextInt(words.size()));
    }
}
