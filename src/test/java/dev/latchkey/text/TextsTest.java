package dev.latchkey.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Bidi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextsTest {
    private final Texts texts = new Texts("messages");

    @Test
    @DisplayName("Every bundle speaks all twelve languages")
    void speaksTwelve() {
        for (String bundle : List.of("messages", "mail")) {
            assertThat(new Texts(bundle).locales())
                    .extracting(Locale::toLanguageTag)
                    .containsExactly("en", "de", "fr", "es", "it", "pt-BR", "nl", "pl", "tr", "ar", "ja", "zh-Hans");
        }
        assertThat(texts.text(Locale.of("ar"), "direction")).isEqualTo("rtl");
        assertThat(texts.text(Locale.of("xx"), "direction")).isEqualTo("ltr");
    }

    @Test
    @DisplayName("Values are filled in as they are, whatever they hold")
    void fillsIn() {
        assertThat(texts.text(Locale.ENGLISH, "errors.page", "o'neil {0} $1 \\"))
                .isEqualTo("Error: o'neil {0} $1 \\");
        assertThat(new Texts("account").text(Locale.GERMAN, "nickname.count", 12_345))
                .contains("12.345");
        assertThat(new Texts("account").text(Locale.ENGLISH, "slow", Duration.ofSeconds(58)))
                .endsWith("Try again in 58 seconds.");
        assertThat(new Texts("assistant").text(Locale.ENGLISH, "link.used", Instant.parse("2026-11-27T12:14:03Z")))
                .startsWith("This link was used on 27 November 2026, 12:14 UTC.");
    }

    @Test
    @DisplayName("What is filled in does not reorder a sentence that is written from right to left")
    void isolates() {
        Texts mails = new Texts("mail");
        Locale arabic = Locale.of("ar");
        String sentence = mails.text(arabic, "mail.changed.by.link-grant-named", "amber falcon", "claude.ai");

        // The comma lies between the two names as they are read: from right to left.
        Bidi bidi = new Bidi(sentence, Bidi.DIRECTION_RIGHT_TO_LEFT);
        assertThat(sentence).contains("\u2068claude.ai\u2069، \u2068amber falcon\u2069.");
        assertThat(bidi.getLevelAt(sentence.indexOf("، "))).isEqualTo(1);
        assertThat(mails.text(Locale.ENGLISH, "mail.edit-link.subject", "amber falcon"))
                .isEqualTo("Your profile link: amber falcon");
        assertThat(texts.text(arabic, "edit.save.some", 1, 3)).isEqualTo("حفظ 1 من 3 اقتراحات");
        assertThat(new Texts("account").text(arabic, "nickname.count", 12)).contains(" 12 ");
    }

    @Test
    @DisplayName(
            "The operator's name is put where a text has it, whatever it holds, and stands by itself between other letters")
    void namesTheOperator() {
        Texts branded = new Texts("messages", "{0} & 'Söhne' $1");

        assertThat(branded.text(Locale.ENGLISH, "page.title", "Terms")).isEqualTo("Terms – {0} & 'Söhne' $1");
        assertThat(branded.text(Locale.ENGLISH, "support.visit")).isEqualTo("Contact {0} & 'Söhne' $1:");
        assertThat(branded.text(Locale.of("ar"), "support.visit")).contains("\u2068{0} & 'Söhne' $1\u2069:");
    }

    @Test
    @DisplayName("A text that is given no values keeps its places, for scripts to fill in")
    void keepsPlaces() {
        assertThat(texts.text(Locale.ENGLISH, "sent.again.when")).isEqualTo("You can ask for another one {0}.");
        assertThat(texts.text(Locale.ENGLISH, "edit.bio.left"))
                .isEqualTo("{0, plural, one {# character left} other {# characters left}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PT15M   | 15 minutes
            PT1M    | 1 minute
            PT90M   | 90 minutes
            PT1H    | 1 hour
            PT72H   | 3 days
            PT1S    | 1 minute
            """)
    @DisplayName("A span is said in the largest unit that comes out even")
    void spans(Duration span, String words) {
        assertThat(Durations.span(Locale.ENGLISH, span)).isEqualTo(words);
    }

    @Test
    @DisplayName("Lists and moments are written as the language writes them")
    void writes() {
        Instant moment = Instant.parse("2026-11-20T16:36:00Z");
        assertThat(Texts.list(Locale.ENGLISH, List.of("name", "bio", "photo"))).isEqualTo("name, bio, and photo");
        assertThat(Texts.list(Locale.GERMAN, List.of("Name", "Bio"))).isEqualTo("Name und Bio");
        assertThat(Texts.list(Locale.GERMAN, List.of())).isEmpty();
        assertThat(Texts.moment(Locale.ENGLISH, moment)).isEqualTo("20 November 2026, 16:36 UTC");
        assertThat(Texts.moment(Locale.US, moment)).isEqualTo("November 20, 2026, 4:36\u202fPM UTC");
        assertThat(Texts.moment(Locale.JAPANESE, moment)).isEqualTo("2026年11月20日 16:36 UTC");
    }
}
