package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.LatchkeySettings.ActionKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionKeyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            0123456789abcdef | none | 0123456789abcdef
            Support Bot:0123456789abcdef | Support Bot | 0123456789abcdef
            my_gpt-2.0 : 0123456789abcdef | my_gpt-2.0 | 0123456789abcdef
            Profilhilfe Köln:0123456789abcdef | Profilhilfe Köln | 0123456789abcdef
            bot:key:with:colons | bot | key:with:colons
            :key:with:colons | none | key:with:colons
            a+b:0123456789abcdef | none | a+b:0123456789abcdef
            ---:0123456789abcdef | none | ---:0123456789abcdef
            0123456789012345678901234567890123456789:0123456789abcdef | 0123456789012345678901234567890123456789 | 0123456789abcdef
            01234567890123456789012345678901234567890:0123456789abcdef | none | 01234567890123456789012345678901234567890:0123456789abcdef
            0123456789abcdef: | none | 0123456789abcdef:
            """)
    void readsNameAndKey(String entry, String name, String key) {
        ActionKey read = ActionKey.parse(entry);

        assertThat(read.name()).isEqualTo(name);
        assertThat(read.key()).isEqualTo(key);
        assertThat(read.bearers()).contains(key, entry);
    }

    @Test
    void isNoSecretInALog() {
        assertThat(ActionKey.parse("Support Bot:0123456789abcdef")).asString().doesNotContain("0123456789abcdef");
    }
}
