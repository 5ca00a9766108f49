package dev.latchkey.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitsTest {
    @ParameterizedTest
    @CsvSource({
        "PT0.001S, in 1 second",
        "PT58S, in 58 seconds",
        "PT58.001S, in 59 seconds",
        "PT90S, in 90 seconds",
        "PT91S, in 2 minutes",
        "PT59M1S, in 60 minutes",
        "PT90M, in 90 minutes",
        "PT91M, in 2 hours"
    })
    void roundsUp(Duration wait, String words) {
        assertThat(Waits.in(Locale.ENGLISH, wait)).isEqualTo(words);
    }

    @Test
    void followsTheRulesOfTheLanguage() {
        assertThat(Waits.in(Locale.GERMAN, Duration.ofSeconds(1))).isEqualTo("in 1 Sekunde");
        assertThat(Waits.in(Locale.of("pl"), Duration.ofSeconds(58))).isEqualTo("za 58 sekund");
        assertThat(Waits.in(Locale.of("pl"), Duration.ofSeconds(2))).isEqualTo("za 2 sekundy");
        assertThat(Waits.in(Locale.JAPANESE, Duration.ofMinutes(3))).isEqualTo("3 分後");
    }
}
