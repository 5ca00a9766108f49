package dev.latchkey.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortAddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ada@example.com | a…@example.com",
                "a@example.com | a…@example.com",
                "550 5.1.1 <ada.lovelace+x@mail.example.com>: unknown | 550 5.1.1 <a…@mail.example.com>: unknown",
                "from b@x.org to c@y.org, twice: b@x.org | from b…@x.org to c…@y.org, twice: b…@x.org",
                "554 a link <address> at 10:00 @ noon | 554 a link <address> at 10:00 @ noon",
            })
    void keepsTheFirstCharacterAndTheDomain(String text, String shortened) {
        assertThat(ShortAddress.in(text)).isEqualTo(shortened);
        assertThat(ShortAddress.in(shortened)).isEqualTo(shortened);
    }
}
