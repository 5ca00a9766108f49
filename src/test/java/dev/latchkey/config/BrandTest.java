package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.value.MapPropertyResolver;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names are taken, and how they get into texts. */
final class BrandTest {
    @ParameterizedTest
    @ValueSource(strings = {"A", "Aurora Books", "書店", "مكتبة", "Café & Söhne", "می‌خواهم", "👩‍🚀 Space", "i❤️books"})
    @DisplayName("Names of any script are taken, with their joiners")
    void takesNames(String name) {
        assertThat(Brand.objection(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\tb", "a\u0000b", "a\u202Eb", "a\u2028b", "a\uE000b", "a\u2066b", "a\uFFFFb"})
    @DisplayName("What breaks a line, turns the text around it or has no shape is refused")
    void refusesWhatCannotBeShown(String name) {
        assertThat(Brand.objection(name)).isEqualTo("holds a character that cannot be shown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u3164", "\u200D", "\u2800\u00A0", "\uFE0F"})
    @DisplayName("A name of which nothing can be seen is refused")
    void refusesTheInvisible(String name) {
        assertThat(Brand.objection(name)).isEqualTo("holds nothing that can be seen");
    }

    @Test
    @DisplayName("60 characters are taken, counted as people do, 61 are not")
    void isBounded() {
        assertThat(Brand.objection("😀".repeat(60))).isNull();
        assertThat(Brand.objection("😀".repeat(61))).isEqualTo("is longer than 60 characters");
    }

    @Test
    @DisplayName("Blank settings are none, and blanks around a name are not part of it")
    void takesBlankForNone() {
        assertThat(brand(" ").name()).isEqualTo("Latchkey");
        assertThat(brand("  Aurora Books ").name()).isEqualTo("Aurora Books");
        assertThat(brand("").styles()).isNull();
        assertThat(brand("").logo()).isNull();
    }

    @Test
    @DisplayName("Its own name may hold ours, and what is special in a replacement is not")
    void isPutInOnce() {
        assertThat(brand("Latchkey $1 Pro").inText("Latchkey lets you in.")).isEqualTo("Latchkey $1 Pro lets you in.");
        assertThat(brand("Tom's Latchkey").inYaml("title: 'Latchkey'\ndescription: >-\n  A Latchkey profile"))
                .isEqualTo("title: 'Tom''s Latchkey'\ndescription: >-\n  A Tom's Latchkey profile");
    }

    private static Brand brand(String name) {
        return Brand.configured(new MapPropertyResolver(Map.of("latchkey.brand.name", name)));
    }
}
