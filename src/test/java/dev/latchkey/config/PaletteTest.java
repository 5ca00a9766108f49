package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.Palette.Colour;
import dev.latchkey.text.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which accents are taken, and that everything written in them or on them can then be read. */
final class PaletteTest {
    private static final double TEXT = 4.5;
    private static final double FOCUS_RING = 3;

    /** The sheet's own colours of a theme, by their names. */
    private record Sheet(String block) {
        static Sheet light() {
            return new Sheet(css().split("@media \\(prefers-color-scheme: dark\\)", 2)[0]);
        }

        static Sheet dark() {
            return new Sheet(
                    css().split("@media \\(prefers-color-scheme: dark\\)", 2)[1].split("\\*, ::before", 2)[0]);
        }

        private static String css() {
            return Resources.text("static/latchkey.css");
        }

        String hex(String name) {
            Matcher value = Pattern.compile("--" + name + ": (#[0-9a-f]{6});").matcher(block);
            assertThat(value.find()).as(name).isTrue();
            return value.group(1);
        }

        Colour colour(String name) {
            return Colour.parse(hex(name));
        }

        Palette palette() {
            return new Palette(hex("accent"), hex("accent-deep"), hex("on-accent"), hex("accent-soft"));
        }
    }

    @Test
    @DisplayName("Without a setting the colours are those of the style sheet")
    void knowsTheSheet() {
        assertThat(Palette.LIGHT).isEqualTo(Sheet.light().palette());
        assertThat(Palette.DARK).isEqualTo(Sheet.dark().palette());
    }

    @Test
    @DisplayName("The accent is itself in the light theme and no darker than it must be in the dark one")
    void keepsTheAccent() {
        assertThat(Palette.light("#7A3CFF").accent()).isEqualTo("#7a3cff");
        assertThat(Palette.dark("#7a3cff").accent()).isEqualTo("#b28eff");
        assertThat(Palette.dark("#000000").accent()).isEqualTo("#a3a3a3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7a3cff", "#7a3cf", "#7a3cff0", "#7a3cfg", "red", "rgb(1,2,3)", "#7a3cff; }"})
    @DisplayName("What is no #rrggbb is refused, whatever browsers make of it")
    void takesOneForm(String text) {
        assertThat(Palette.objection(text)).endsWith("not a colour such as #7a3cff");
    }

    @Test
    @DisplayName("An accent is refused exactly where a link written in it has less than 4.5 on the light paper")
    void refusesAtTheBoundary() {
        // The greys on either side.
        assertThat(Palette.objection("#717171")).isNull();
        assertThat(Palette.objection("#727272"))
                .isEqualTo("is #727272, whose contrast with the light pages is 4.43, and text needs 4.5;"
                        + " #717171 would do");
        Colour paper = Sheet.light().colour("paper");
        for (String accent : accents(0x11)) {
            assertThat(Palette.objection(accent) == null)
                    .as(accent)
                    .isEqualTo(Colour.parse(accent).contrast(paper) >= TEXT);
        }
    }

    @Test
    @DisplayName("The colour that is proposed instead would be taken")
    void proposesWhatWouldDo() {
        for (String accent : accents(0x33)) {
            String objection = Palette.objection(accent);
            if (objection != null) {
                String proposed = objection.replaceFirst(".*; (#[0-9a-f]{6}) would do", "$1");
                assertThat(Palette.objection(proposed)).as(accent).isNull();
            }
        }
    }

    @Test
    @DisplayName(
            "With an accent that is taken, text on it, links in it, tints and the focus ring are AA in both themes")
    void isReadableInBothThemes() {
        for (String accent : accents(0x11)) {
            if (Palette.objection(accent) == null) {
                assertReadable(accent, Palette.light(accent), Sheet.light());
                assertReadable(accent, Palette.dark(accent), Sheet.dark());
            }
        }
    }

    private static void assertReadable(String given, Palette palette, Sheet sheet) {
        Colour accent = Colour.parse(palette.accent());
        Colour deep = Colour.parse(palette.deep());
        Colour on = Colour.parse(palette.on());
        Colour soft = Colour.parse(palette.soft());
        for (String paper : List.of("paper", "card")) {
            assertContrast(given, accent, sheet.colour(paper), TEXT);
            assertContrast(given, deep, sheet.colour(paper), TEXT);
        }
        assertContrast(given, accent, sheet.colour("sunken"), FOCUS_RING);
        assertContrast(given, on, accent, TEXT);
        assertContrast(given, on, deep, TEXT);
        for (Colour text : List.of(accent, deep, sheet.colour("ink"), sheet.colour("muted"))) {
            assertContrast(given, text, soft, TEXT);
        }
    }

    private static void assertContrast(String given, Colour one, Colour other, double least) {
        assertThat(one.contrast(other))
                .as("%s: %s on %s", given, one.hex(), other.hex())
                .isGreaterThanOrEqualTo(least);
    }

    /** Colours from all over the cube. */
    private static List<String> accents(int step) {
        List<String> accents = new ArrayList<>();
        for (int red = 0; red <= 255; red += step) {
            for (int green = 0; green <= 255; green += step) {
                for (int blue = 0; blue <= 255; blue += step) {
                    accents.add(new Colour(red, green, blue).hex());
                }
            }
        }
        return accents;
    }
}
