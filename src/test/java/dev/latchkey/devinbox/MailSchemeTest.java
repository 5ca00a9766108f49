package dev.latchkey.devinbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailSchemeTest {
    private static final String RULES =
            "<html><head><style>@media ( Prefers-Color-Scheme:Dark ) and (min-width: 1px) {a{}}"
                    + "@media (prefers-color-scheme: light) {b{}}</style></head><body>%s</body></html>";

    @Test
    @DisplayName("What a mail says for the dark holds by night and never by day, and the other way round")
    void answersByScheme() {
        assertThat(MailScheme.DARK.frame(RULES))
                .contains("@media (min-width: 0) and (min-width: 1px) {a{}}")
                .contains("@media (max-width: 0) {b{}}")
                .contains("color-scheme: dark !important");
        assertThat(MailScheme.LIGHT.frame(RULES))
                .contains("@media (max-width: 0) and (min-width: 1px) {a{}}")
                .contains("@media (min-width: 0) {b{}}")
                .contains("color-scheme: light !important");
    }

    @Test
    @DisplayName("An attribute asks, too; the words of the mail do not")
    void answersWhereMailsAsk() {
        String words = "Write (prefers-color-scheme: dark) into your styles.";
        assertThat(MailScheme.DARK.frame(
                        RULES.formatted(words + "<source media=\"(prefers-color-scheme: dark)\" srcset=x>")))
                .contains(words)
                .contains("<source media=\"(min-width: 0)\" srcset=x>");
    }

    @Test
    @DisplayName("Whether a mail has dark colours of its own is told by its rules")
    void knowsDark() {
        assertThat(MailScheme.knowsDark(RULES)).isTrue();
        assertThat(MailScheme.knowsDark("<p>(prefers-color-scheme: dark)</p>")).isFalse();
        assertThat(MailScheme.knowsDark("<style>@media (prefers-color-scheme: light) {b{}}</style>"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>| <title>A</title></head><header></header></html>",
                "<!DOCTYPE html>\n<html lang=\"en\">|<header>No head</header></html>",
                "|<header>A piece</header>",
                "|"
            })
    @DisplayName("Links open beside the inbox, whatever the mail is made of")
    void opensLinksBeside(String marked) {
        String html = marked.replace("|", "");
        assertThat(MailScheme.LIGHT.frame(html))
                .isEqualTo(marked.replace(
                        "|", "<base target=\"_blank\"><style>:root { color-scheme: light !important; }</style>"));
    }
}
