package dev.latchkey.oauth.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TypedCodesTest {
    private final TypedCodes codes =
            Contexts.shared(Database.SQLITE, Map.of("test.clock", true)).getBean(TypedCodes.class);

    @Test
    @Asvs("6.5.4")
    void hasNoCharacterThatLooksLikeAnother() {
        assertThat(IntStream.range(0, 500).mapToObj(i -> codes.of("link" + i)).distinct())
                .hasSize(500)
                .allMatch(code -> code.matches("[0-9A-HJKMNP-TV-Z]{8}"));
    }

    @Test
    void isReadInTwoGroupsAndAlwaysTheSame() {
        assertThat(codes.readable("a link")).matches("[0-9A-Z]{4}-[0-9A-Z]{4}").isEqualTo(codes.readable("a link"));
        assertThat(codes.readable("a link").replace("-", "")).isEqualTo(codes.of("a link"));
    }

    @Test
    void takesLettersOfAnyCaseAndWidthWithWhateverIsBetweenThem() {
        for (int i = 0; i < 100; i++) {
            String link = "link" + i;
            String code = codes.of(link);
            assertThat(codes.matches(link, code)).isTrue();
            assertThat(codes.matches(link, codes.readable(link).toLowerCase(Locale.ROOT)))
                    .isTrue();
            assertThat(codes.matches(link, " " + code.substring(0, 3) + " – " + code.substring(3) + "\u00a0"))
                    .isTrue();
            assertThat(codes.matches(link, code.replace('0', 'O').replace('1', 'l')))
                    .isTrue();
            assertThat(codes.matches(link, code.replace('0', 'o').replace('1', 'I')))
                    .isTrue();
            String wide = code.chars()
                    .map(letter -> letter + 0xFEE0)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(codes.matches(link, wide)).isTrue();
        }
    }

    @Test
    void takesNoOther() {
        String code = codes.of("a link");
        assertThat(codes.matches("another link", code)).isFalse();
        assertThat(codes.matches("a link", code.substring(1))).isFalse();
        assertThat(codes.matches("a link", code + "0")).isFalse();
        assertThat(codes.matches("a link", "")).isFalse();
    }
}
