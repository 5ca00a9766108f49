package dev.latchkey.web.site;

import java.util.Arrays;
import java.util.List;

/**
 * A text that operators write without any markup: the first paragraph is the title, a paragraph that begins with
 * {@code #} is a heading, an empty line separates paragraphs.
 *
 * @param heading the title; empty for an empty text
 */
public record Statement(String heading, List<Block> blocks) {
    static Statement parse(String text) {
        List<Block> blocks = Arrays.stream(text.replace("\r\n", "\n").split("\n\\s*\n", -1))
                .map(String::strip)
                .filter(block -> !block.isEmpty())
                .map(Block::parse)
                .toList();
        return blocks.isEmpty()
                ? new Statement("", List.of())
                : new Statement(blocks.getFirst().text(), blocks.subList(1, blocks.size()));
    }

    /** Its first paragraph, for search engines; the title where there is none. */
    public String summary() {
        return blocks.stream()
                .filter(block -> !block.heading())
                .map(Block::text)
                .findFirst()
                .orElse(heading);
    }

    /** A heading or a paragraph. */
    public record Block(boolean heading, String text) {
        static Block parse(String text) {
            return text.startsWith("#") ? new Block(true, text.substring(1).strip()) : new Block(false, text);
        }
    }
}
