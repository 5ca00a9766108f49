package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Asvs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WholeNumbersTest {

    @ParameterizedTest
    @CsvSource({
        "3, 3",
        "100000001.0, 100000001",
        "1e2, 100",
        "1.00E+8, 100000000",
        "1.00000001e8, 100000001",
        "1200e-2, 12",
        "-0, 0",
        "-0.0, 0",
        "0e999999999, 0",
        "-5.000, -5",
        "9223372036854775807.0, 9223372036854775807"
    })
    @Asvs("1.4.2")
    void readsAWholeNumberHoweverItIsSpelt(String text, long number) {
        assertThat(WholeNumbers.parse(text)).hasValue(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.5",
                "1e-1",
                "100000001.5",
                "1e999999999",
                "1e-999999999",
                "1e9999999999",
                "9223372036854775808",
                "٣",
                "3 ",
                "+3",
                ".5",
                "1.",
                "0x10",
                "NaN",
                "1,5",
                "1_000"
            })
    @Asvs("1.4.2")
    void readsNothingElse(String text) {
        assertThat(WholeNumbers.parse(text)).isEmpty();
    }
}
