package dev.latchkey.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CallerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "192.0.2.1:567, 192.0.2.1",
        "192.0.2.1:_hidden, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "2001:DB8:1:2::ffff, 2001:db8:1:2:0:0:0:0/64",
        "[2001:db8:1:2::9], 2001:db8:1:2:0:0:0:0/64",
        "[2001:db8:1:2::9]:4711, 2001:db8:1:2:0:0:0:0/64",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:0/64",
        "::1, 0:0:0:0:0:0:0:0/64",
        "::ffff:192.0.2.1, 192.0.2.1",
        "[::ffff:c000:201]:80, 192.0.2.1"
    })
    void readsOneAddressHoweverProxiesWriteIt(String text, String value) {
        assertThat(CallerAddress.parse(text)).hasValue(new CallerAddress(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "unknown",
                "_hidden",
                "localhost",
                "example.org",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.2.3.4, 5.6.7.8",
                "1.2.3.4 5.6.7.8",
                "1.2.3.4:",
                "1.2.3.4:123456",
                "1.2.3.4\n",
                "[1.2.3.4]",
                "[::1",
                "::1]:80",
                "1:2:3:4:5:6:7:8:9",
                "::g",
                ":::",
                "for=1.2.3.4",
                "١.٢.٣.٤"
            })
    void takesNothingElseForAnAddress(String text) {
        assertThat(CallerAddress.parse(text)).isEmpty();
    }

    @Test
    void countsTheOtherEndOfAConnectionTheSame() throws UnknownHostException {
        assertThat(CallerAddress.of(InetAddress.getByName("fe80::1%1")))
                .isEqualTo(CallerAddress.parse("fe80::abcd").orElseThrow());
        assertThat(CallerAddress.of(InetAddress.getByName("127.0.0.9"))).isEqualTo(new CallerAddress("127.0.0.9"));
    }
}
