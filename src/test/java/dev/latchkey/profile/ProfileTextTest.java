package dev.latchkey.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.profile.InvalidField.Reason;
import dev.latchkey.profile.ProfileText.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProfileTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200B",
                "\u3164",
                "\u2800",
                "\u00AD",
                "\u00A0",
                "\u2060",
                "\uFEFF",
                "\u115F\u1160",
                "\u180E",
                "\u200E",
                "\u0301",
                "\uFE0F",
                "\u202E\u202C",
                "\uDB40\uDC20",
                "\uE000",
                "\uFFFC",
                " \u200B\t\u200D "
            })
    void refusesANameThatNobodyCanSee(String typed) {
        assertThat(ProfileField.NAME.parse(typed)).isEqualTo(new Parsed.Refused(Reason.INVISIBLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void takesAnEmptyNameAsNone(String typed) {
        assertThat(ProfileField.NAME.parse(typed)).isEqualTo(new Parsed.Text(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "می\u200Cخواهم",
                "👩\u200D👧",
                "क\u094D\u200Dष",
                "❤\uFE0F",
                "O’Brien",
                "\u200EC++",
                "Nguyễn",
                ".",
                "7"
            })
    void keepsWhatBelongsToAName(String typed) {
        assertThat(ProfileField.NAME.parse(typed)).isEqualTo(new Parsed.Text(typed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202AAda\u202C", "\u2068Ada\u2069", "\uFEFFAda\u200B", "\u00A0Ada \u00A0"})
    void dropsWhatIsCopiedAlongWithAName(String typed) {
        assertThat(ProfileField.NAME.parse(typed)).isEqualTo(new Parsed.Text("Ada"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A\nda",
                "A\u0000da",
                "A\u0085da",
                "A\u2028da",
                "A\u2029da",
                "Ada\u202Eada",
                "A\u2067da",
                "A\u007Fda"
            })
    void refusesControlsInAName(String typed) {
        assertThat(ProfileField.NAME.parse(typed)).isEqualTo(new Parsed.Refused(Reason.CONTROL_CHARACTERS));
    }

    @Test
    void keepsPronounsOfFortyCodePointsByTheRulesForAName() {
        String longest = "🦊".repeat(40);
        assertThat(ProfileField.PRONOUNS.parse(" " + longest + " ")).isEqualTo(new Parsed.Text(longest));
        assertThat(ProfileField.PRONOUNS.parse(longest + "x")).isEqualTo(new Parsed.Refused(Reason.TOO_LONG));
        assertThat(ProfileField.PRONOUNS.parse("she\nher")).isEqualTo(new Parsed.Refused(Reason.CONTROL_CHARACTERS));
        assertThat(ProfileField.PRONOUNS.parse("\u2800")).isEqualTo(new Parsed.Refused(Reason.INVISIBLE));
        assertThat(ProfileField.PRONOUNS.parse(" ")).isEqualTo(new Parsed.Text(""));
    }

    @ParameterizedTest
    @CsvSource({
        "pt-br, pt-BR",
        "PT-BR, pt-BR",
        "en-UA-u-fw-mon-mu-celsius, en-UA-u-fw-mon-mu-celsius",
        "zh-hant-tw, zh-Hant-TW",
        "zh-Hans-CN, zh-Hans-CN",
        "zh-yue-HK, yue-HK",
        "es-419, es-419",
        "iw, he",
        "in-ID, id-ID",
        "ji, yi",
        "no, no",
        "nb-NO, nb-NO",
        "fil, fil",
        "ckb, ckb",
        "sr-latn-rs, sr-Latn-RS",
        "ca-ES-valencia, ca-ES-valencia",
        "de-CH-1996, de-CH-1996",
        "\u200Bde\u00A0, de"
    })
    void keepsALocaleInItsCanonicalForm(String typed, String tag) {
        assertThat(ProfileField.LOCALE.parse(typed)).isEqualTo(new Parsed.Text(tag));
        assertThat(ProfileField.LOCALE.parse(tag)).as("reads as itself again").isEqualTo(new Parsed.Text(tag));
    }

    @ParameterizedTest
    @CsvSource({
        "en_US, ILL_FORMED",
        "pt_BR, ILL_FORMED",
        "zh_TW_#Hant, ILL_FORMED",
        "en_US.UTF-8, ILL_FORMED",
        "C, ILL_FORMED",
        "POSIX, UNKNOWN_LANGUAGE",
        "'', ILL_FORMED",
        "de-, ILL_FORMED",
        "de--DE, ILL_FORMED",
        "de DE, ILL_FORMED",
        "de-DE;q=0.9, ILL_FORMED",
        "qq, UNKNOWN_LANGUAGE",
        "xx-XX, UNKNOWN_LANGUAGE",
        "und, UNKNOWN_LANGUAGE",
        "x-private, UNKNOWN_LANGUAGE",
        "german, UNKNOWN_LANGUAGE"
    })
    void refusesALocaleThatIsNone(String typed, Reason reason) {
        assertThat(ProfileField.LOCALE.parse(typed)).isEqualTo(new Parsed.Refused(reason));
    }
}
