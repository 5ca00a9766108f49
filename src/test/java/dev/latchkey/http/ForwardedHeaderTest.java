package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.limit.CallerAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ForwardedHeaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X-Real-IP       | 192.0.2.1
            X-Forwarded-For | 192.0.2.1:4711
            X-Forwarded-For | '  192.0.2.1 '
            Forwarded       | for=192.0.2.1
            forwarded       | For="192.0.2.1:4711"
            Forwarded       | proto=https;for=192.0.2.1;by=203.0.113.43
            Forwarded       | for=192.0.2.1 ; host="id.example.com, really";
            Forwarded       | for="[::ffff:192.0.2.1]:80"
            """)
    void readsTheOneAddressThatAProxyTells(String name, String line) {
        assertThat(CallerAddressResolver.told(name, List.of(line))).hasValue(new CallerAddress("192.0.2.1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X-Forwarded-For | 203.0.113.9, 192.0.2.1
            X-Forwarded-For | ''
            X-Forwarded-For | for=192.0.2.1
            Forwarded       | for=203.0.113.9, for=192.0.2.1
            Forwarded       | for=203.0.113.9;for=192.0.2.1
            Forwarded       | for="203.0.113.9, for=192.0.2.1
            Forwarded       | for=unknown
            Forwarded       | for=_hidden
            Forwarded       | by=203.0.113.43
            Forwarded       | 192.0.2.1
            Forwarded       | ''
            """)
    void takesNothingWhereMoreOrOtherIsTold(String name, String line) {
        assertThat(CallerAddressResolver.told(name, List.of(line))).isEmpty();
    }

    @Test
    void takesNothingWhereTheHeaderComesTwiceOrNotAtAll() {
        assertThat(CallerAddressResolver.told("X-Real-IP", List.of("192.0.2.1", "192.0.2.1")))
                .isEmpty();
        assertThat(CallerAddressResolver.told("X-Real-IP", List.of())).isEmpty();
    }
}
