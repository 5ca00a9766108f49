package dev.latchkey.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.Brand;
import dev.latchkey.credential.PassphrasePolicy.Refusal;
import dev.latchkey.support.Asvs;
import io.micronaut.core.value.MapPropertyResolver;
import io.micronaut.core.value.PropertyResolver;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PassphrasePolicyTest {
    private static final String ADDRESS = "ada.lovelace@example.com";
    private static final PropertyResolver SETTINGS =
            new MapPropertyResolver(Map.of("latchkey.brand.name", "Aurora Books"));

    private final PassphrasePolicy policy = new PassphrasePolicy(Brand.configured(SETTINGS));

    @Test
    @Asvs({"6.2.1", "6.2.9"})
    void countsCodePoints() {
        assertThat(policy.check("\uD83D\uDD11a\uD83D\uDD11b\uD83D\uDD11c7", ADDRESS))
                .contains(Refusal.TOO_SHORT);
        assertThat(policy.check("\uD83D\uDD11a\uD83D\uDD11b\uD83D\uDD11c78", ADDRESS))
                .isEmpty();
        assertThat(policy.check("\uD83D\uDD11a".repeat(64), ADDRESS)).isEmpty();
        assertThat(policy.check("\uD83D\uDD11a".repeat(64) + "b", ADDRESS)).contains(Refusal.TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"justletters", "ONLYCAPITALS", "8402957163", "    a word    ", "пароль-дня", "🔑🗝🔒🔓🔐🏠🚪🧱"})
    @Asvs("6.2.5")
    void asksForNoKindOfCharacter(String passphrase) {
        assertThat(policy.check(passphrase, ADDRESS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"password1", "PASSWORD1", " iloveyou ", "1234567890", "qwertyuiop", "trustno1", "aaaaaaaaaaaa"})
    @Asvs({"6.2.4", "6.2.12"})
    void refusesWhatWasFoundInBreachesAndEverybodyTries(String passphrase) {
        assertThat(policy.check(passphrase, ADDRESS)).contains(Refusal.COMMON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"latchkey", "Latchkey2026!", "12latchkey34", "Aurora Books", "aurorabooks1", "**AuroraBooks**"})
    @Asvs("6.2.11")
    void refusesTheNamesThatAreOnThePage(String passphrase) {
        assertThat(policy.check(passphrase, ADDRESS)).contains(Refusal.COMMON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latchkey otters", "books from aurora", "aurora borealis books"})
    void takesMoreThanAName(String passphrase) {
        assertThat(policy.check(passphrase, ADDRESS)).isEmpty();
    }

    @Test
    void refusesTheAddress() {
        assertThat(policy.check("Ada.Lovelace@Example.com", ADDRESS)).contains(Refusal.SAME_AS_EMAIL);
    }

    @Test
    void refusesHalfACharacter() {
        assertThat(policy.check("half of \uD83D only", ADDRESS)).contains(Refusal.UNREADABLE);
    }
}
