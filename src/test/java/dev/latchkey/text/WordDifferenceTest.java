package dev.latchkey.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordDifferenceTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            I live in London.|I live in Paris.|I live in -London.-+Paris.+
            I live in London|I live in London now|I live in London+ now+
            one two three four|one 2 3 four|one -two three-+2 3+ four
            same|same|same
            Tokyo: 橋を造ります。|Tokyo: 橋を直します。|Tokyo: 橋を-造り-+直し+ます。
            a  b|a b|a-  -+ +b
            I build bridges here|I build tunnels and bridges here|I build +tunnels and +bridges here
            naïve café|naive café|-naïve-+naive+ café
            """)
    void tellsWhichWordsAreDifferent(String before, String after, String marked) {
        assertThat(marked(WordDifference.between(before, after))).isEqualTo(marked);
    }

    @Test
    void takesEmptyTexts() {
        assertThat(WordDifference.between("", "").pieces()).isEmpty();
        assertThat(marked(WordDifference.between("", "a b"))).isEqualTo("+a b+");
        assertThat(marked(WordDifference.between("a b", ""))).isEqualTo("-a b-");
    }

    @RepeatedTest(200)
    void losesNothingOfEitherText(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        String before = anyText(random);
        String after = anyText(random);
        WordDifference difference = WordDifference.between(before, after);

        assertThat(difference.before()).isEqualTo(before);
        assertThat(difference.after()).isEqualTo(after);
    }

    @Test
    void saysInBriefWhatChangedAndWhere() {
        String kept = IntStream.range(0, 50).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
        WordDifference difference =
                WordDifference.between("Old " + kept + " old " + kept, "New " + kept + " new " + kept);

        assertThat(marked(difference.brief()))
                .isEqualTo("-Old-+New+ w0 w1 w2 w3 … w46 w47 w48 w49 -old-+new+ w0 w1 w2 w3 …");
    }

    @Test
    void isBriefWhateverChanged() {
        WordDifference rewritten = WordDifference.between("x".repeat(2_000), "y".repeat(2_000));
        String shuffled = IntStream.range(0, 300).mapToObj(i -> "o" + i + " k").collect(Collectors.joining(" "));

        assertThat(rewritten.brief().pieces())
                .allSatisfy(
                        piece -> assertThat(piece.text()).hasSizeLessThan(200).endsWith("…"));
        assertThat(marked(WordDifference.between(shuffled, shuffled.replace('o', 'n'))
                        .brief()))
                .hasSizeLessThan(2_000)
                .endsWith("…");
    }

    @Test
    void neverCutsACharacterInTwo() {
        assertThat(marked(WordDifference.between("", "😀".repeat(2_000)).brief()))
                .isEqualTo("+" + "😀".repeat(160) + "…+");
    }

    @Test
    @Timeout(10)
    void takesBoundedWorkForTheLongestTexts() {
        String one = IntStream.range(0, 2_000)
                .mapToObj(i -> Character.toString(0x4e00 + i))
                .collect(Collectors.joining());
        String other = IntStream.range(0, 2_000)
                .mapToObj(i -> Character.toString(0x4e00 + 1_999 - i))
                .collect(Collectors.joining());
        String half = one.substring(700);
        assertThat(WordDifference.between(
                                half, new StringBuilder(half).reverse().toString())
                        .pieces())
                .hasSizeGreaterThan(2);
        assertThat(marked(WordDifference.between("橋 " + one + " k", "橋 " + other + " k")))
                .as("too much to compare, but for where it starts and ends")
                .isEqualTo("橋 -" + one + "-+" + other + "+ k");
    }

    private static String marked(WordDifference difference) {
        return difference.pieces().stream()
                .map(piece -> switch (piece.kind()) {
                    case KEPT -> piece.text();
                    case REMOVED -> "-" + piece.text() + "-";
                    case ADDED -> "+" + piece.text() + "+";
                })
                .collect(Collectors.joining());
    }

    private static String anyText(Random random) {
        String[] words = {"a", "b", "c", "\n", "  ", "橋", "造り", "é", "😀", ".", " "};
        return IntStream.range(0, random.nextInt(40))
                .mapToObj(i -> words[random.nextInt(words.length)])
                .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
    }
}
