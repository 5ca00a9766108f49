package dev.latchkey.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InvisibleCharactersTest {

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x20, 0xA0, 0xAD, 0x301, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x180E, 0x180F, 0x200B, 0x200D,
                0x200E, 0x202E, 0x2028, 0x2060, 0x2065, 0x2800, 0x3000, 0x3164, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF5, 0xFFFC,
                0xFFFF, 0xE000, 0x13441, 0x1D159, 0x1D173, 0xE0001, 0xE0020, 0xE0100, 0xF0000, 0x10FFFF
            })
    void seesNothingInIt(int point) {
        assertThat(InvisibleCharacters.isAllOf(Character.toString(point).repeat(3)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "1",
                "-",
                "$",
                "…",
                "می\u200Cخواهم",
                "क\u094D\u200Dष",
                "👩\u200D👧",
                "❤\uFE0F",
                "😀",
                "한",
                "\u2801",
                "\uFFFD",
                "e\u0301",
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC7F"
            })
    void seesSomethingInIt(String text) {
        assertThat(InvisibleCharacters.isAllOf(text)).isFalse();
        assertThat(InvisibleCharacters.trimName(text))
                .as("nothing that belongs to it is cut")
                .isEqualTo(text);
    }

    @Test
    void takesAwayWhatIsAround() {
        assertThat(InvisibleCharacters.trim("\uFEFF\u200B a b \u200B\u202C")).isEqualTo("a b");
        assertThat(InvisibleCharacters.trim("\u200B\u200C")).isEmpty();
        assertThat(InvisibleCharacters.trimName("\u2068 Ada \u200B\u2069")).isEqualTo("Ada");
        assertThat(InvisibleCharacters.remove("100\u00A0000\u202F001\u200B")).isEqualTo("100000001");
    }

    @Test
    void isQuickHoweverMuchIsThere() {
        String much = "\u200B".repeat(200_000);

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(InvisibleCharacters.trim("a" + much + "b" + much))
                        .hasSize(200_002));
    }
}
