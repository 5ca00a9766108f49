package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Asvs;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EmailAddressTest {

    @ParameterizedTest
    @CsvSource({
        "Ada@Example.COM, ada@example.com",
        "user@straße.example.com, user@xn--strae-oqa.example.com",
        "user@faß.example, user@xn--fa-hia.example",
        "user@FAẞ.example, user@xn--fa-hia.example",
        "user@βόλος.example, user@xn--nxasmm1c.example",
        "user@σας.example, user@xn--mxa8ab.example",
        "user@bücher.example, user@xn--bcher-kva.example",
        "user@BU\u0308CHER.example, user@xn--bcher-kva.example",
        "user@нет.рф, user@xn--e1apq.xn--p1ai",
        "user@例え。テスト, user@xn--r8jz45g.xn--zckzah",
        "user@ｅｘａｍｐｌｅ．com, user@example.com",
        "user@XN--BCHER-KVA.example, user@xn--bcher-kva.example",
        "user@نامه\u200Cای.example, user@xn--mgba3gch31f060k.example",
        "user@क\u094D\u200Dष.example, user@xn--11b2ezcw70k.example",
        "user@ab--cd.example, user@ab--cd.example"
    })
    void readsADomainAsItsRegistryDoes(String typed, String address) {
        assertThat(EmailAddress.parse(typed)).contains(new EmailAddress(address));
        assertThat(EmailAddress.parse(address)).as("reads as itself again").contains(new EmailAddress(address));
    }

    @Test
    void neverMakesOneDomainOfTwo() {
        assertThat(EmailAddress.parse("a@straße.example")).isNotEqualTo(EmailAddress.parse("a@strasse.example"));
        assertThat(EmailAddress.parse("a@βόλος.example")).isNotEqualTo(EmailAddress.parse("a@βόλοσ.example"));
        assertThat(EmailAddress.parse("a@نامه\u200Cای.example")).isNotEqualTo(EmailAddress.parse("a@نامهای.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user@fa\u200Dss.example",
                "user@fa\u200Css.example",
                "user@exam\u200Bple.com",
                "user@ex\u00ADample.com",
                "user@example\uFE0F.com",
                "user@exam\u2060ple.com",
                "user@exa\uFEFFmple.com",
                "user@exa\u2800mple.com",
                "user@bü\u034Fcher.example",
                "us\u200Ber@example.com",
                "user@\u202Eexample.com",
                "user@xn--.example",
                "user@xn--a.example",
                "user@xn--0.example",
                "user@xn--strasse-.example",
                "user@xn--bücher.example",
                "user@xn--\u00df.example",
                "user@-bücher.example",
                "user@bücher-.example",
                "user@bü_cher.example",
                "user@bücher..example",
                "user@bücher",
                "user@bücher.example.",
                "user@\u0301abc.example",
                "user@0à.א",
                "user@１２７.0.0.1",
                "user@[127.0.0.1]",
                "bücher@example.com",
                "user＠example.com",
                "mailto:user@example.com",
                "<user@example.com>",
                "User <user@example.com>",
                "\"user\"@example.com",
                "user@example.com,other@example.com",
                "user@example.com\nbcc: x@example.com",
                "user@example.com\u0000"
            })
    @Asvs("2.2.1")
    void refusesWhatIsNotExactlyOneAddress(String typed) {
        assertThat(EmailAddress.parse(typed)).isEmpty();
    }

    @Test
    void refusesTooLongDomains() {
        assertThat(EmailAddress.parse("a@ä" + "a".repeat(60) + ".example")).isEmpty();
        assertThat(EmailAddress.parse("a@" + "ä.".repeat(60) + "example")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                ' ', '\t', '\n', 0x85, 0xA0, 0xAD, 0x34F, 0x61C, 0x180E, 0x2003, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F,
                0x2028, 0x202A, 0x202C, 0x202E, 0x202F, 0x2060, 0x2068, 0x2069, 0x2800, 0x3000, 0x3164, 0xFE0F, 0xFEFF,
                0xE0020
            })
    void forgivesWhatNobodySeesOnEitherSide(int invisible) {
        String around = Character.toString(invisible);
        Optional<EmailAddress> ada = Optional.of(new EmailAddress("ada@example.com"));

        assertThat(EmailAddress.parse(around + "ada@example.com")).isEqualTo(ada);
        assertThat(EmailAddress.parse("ada@example.com" + around)).isEqualTo(ada);
        assertThat(EmailAddress.parse("\u202A" + around + "ada@example.com" + around + "\u202C \u00A0"))
                .isEqualTo(ada);
        assertThat(Pin.parse(around + "100000001" + around)).contains(new Pin(100_000_001));
    }

    @Test
    void keepsAJoinerThatBelongsToTheDomain() {
        assertThat(EmailAddress.parse("a@b.क\u094D\u200D")).isNotEqualTo(EmailAddress.parse("a@b.क\u094D"));
        assertThat(EmailAddress.parse("a@bücher\u200D")).isEmpty();
    }
}
