package dev.latchkey.api.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.support.People;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallLanguageTest {
    private final Action action = new Action(Assistants.reporting());
    private final Account account = People.somebody(Assistants.context());

    @Test
    @DisplayName("instructions and detail are in the language of Accept-Language")
    void followsTheCall() {
        String init = "{\"email\":\"" + account.email() + "\"}";
        Action.Answer accepted = action.init(init, "Accept-Language", "de-AT, en;q=0.5");

        assertThat(accepted.text("instructions")).startsWith("Sag der Nutzerin oder dem Nutzer:");
        assertThat(action.init(init, "Accept-Language", "de").text("detail"))
                .isEqualTo("Vor Kurzem wurde schon ein Link angefordert. Zuerst ins Postfach schauen; ein weiterer Link"
                        + " ist in 60 Sekunden möglich.");
        assertThat(action.status(accepted.text("requestId"), "Accept-Language", "de")
                        .text("instructions"))
                .isNotEqualTo(action.status(accepted.text("requestId")).text("instructions"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xx", "*", "de;q=nope"})
    @DisplayName("A language without texts, or a header nobody can read, gives English")
    void fallsBackToEnglish(String header) {
        assertThat(action.init("{}", "Accept-Language", header).text("detail")).startsWith("Send either email or pin");
    }

    @Test
    @DisplayName("A header at which the framework would stumble is refused with 400")
    void refusesWhatIsNoHeader() {
        assertThat(action.init("{}", "Accept-Language", ";;;").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"assistant", "fields"})
    void hasEveryTextInEveryLanguage(String bundle) throws IOException {
        assertThat(keys(bundle + "_de").stringPropertyNames())
                .isEqualTo(keys(bundle).stringPropertyNames());
    }

    private static Properties keys(String file) throws IOException {
        Properties properties = new Properties();
        try (var reader = new InputStreamReader(
                Objects.requireNonNull(CallLanguageTest.class.getResourceAsStream("/i18n/" + file + ".properties")),
                StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
