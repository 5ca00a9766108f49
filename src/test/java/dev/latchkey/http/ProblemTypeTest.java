package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.RawConnection;
import dev.latchkey.support.RawConnection.Answer;
import dev.latchkey.text.Texts;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ProblemTypeTest {
    /** What ends with a full stop, as the script of a language writes it. */
    private static final Pattern SENTENCE = Pattern.compile(".*[.。]");

    private final EmbeddedServer server = Contexts.server(Database.SQLITE, Map.of());

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void explainEveryKindOfProblemInEveryLanguage(ProblemType type) {
        Texts texts = new Texts("problems");

        assertThat(texts.locales()).contains(Locale.ENGLISH, Locale.GERMAN);
        for (Locale locale : texts.locales()) {
            assertThat(texts.text(locale, type.slug())).isNotBlank().doesNotMatch(SENTENCE);
            assertThat(texts.text(locale, type.slug() + ".help")).matches(SENTENCE);
        }
        assertThat(type.title()).isEqualTo(texts.text(Locale.ENGLISH, type.slug()));
    }

    @ParameterizedTest
    @DisplayName("Title and detail of what cannot be read are in the language of the request")
    @CsvSource(delimiter = '|', textBlock = """
            []               | Der Inhalt der Anfrage muss ein JSON-Objekt sein.
            {"token":1}      | Das Feld token muss eine Zeichenkette sein.
            {"token":"a","version":"1"} | Das Feld version muss eine ganze Zahl sein.
            {"token":"a","removePhoto":"yes"} | Das Feld removePhoto muss true oder false sein.
            """)
    void speakGermanToWhoeverAsksForIt(String body, String detail) {
        Answer german = save(body, "de-CH,de;q=0.9");

        assertThat(german.status()).isEqualTo(400);
        assertThat(german.body())
                .contains("\"title\":\"Die Anfrage ist nicht verständlich\"", "\"detail\":\"" + detail + "\"");
        assertThat(german.header("vary").orElse("")).contains("Accept");
        assertThat(save(body, "sv").body()).contains("\"title\":\"The request cannot be understood\"");
    }

    @ParameterizedTest
    @DisplayName("So are those of addresses and methods that nobody answers, in both forms")
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /nowhere                     | Unter dieser Adresse gibt es nichts.
            DELETE | /api/update/load             | Diese Adresse beantwortet andere HTTP-Methoden
            GET    | /photos/0.jpg                | Unter dieser Adresse gibt es kein Foto
            GET    | /a%00                        | Die Adresse der Anfrage enthält ein NUL-Zeichen.
            """)
    void speakGermanEverywhere(String method, String path, String detail) {
        String head = method + " " + path + " HTTP/1.1\r\nHost: a\r\nAccept-Language: de\r\n";

        assertThat(RawConnection.send(server, head + "\r\n").body()).contains("\"detail\":\"" + detail);
        assertThat(RawConnection.send(server, head + "Accept: text/html\r\n\r\n")
                        .body())
                .contains("lang=\"de\"", detail);
    }

    @Test
    @DisplayName("So is the answer to a call without a key")
    void speakGermanToStrangers() {
        assertThat(RawConnection.send(
                                server, "GET /api/update/status/1 HTTP/1.1\r\nHost: a\r\nAccept-Language: de\r\n\r\n")
                        .body())
                .contains("Im Header Authorization wird ein gültiger Schlüssel gebraucht.");
    }

    @Test
    @DisplayName("The page of a kind of problem explains it in the language of the request")
    void explainOnTheirPages() {
        String page = RawConnection.send(
                        server,
                        "GET /problems/link-used HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nAccept-Language: de\r\n\r\n")
                .body();

        assertThat(page).contains("Der Link wurde verwendet", "Ein Link speichert einmal.");
    }

    private Answer save(String body, String language) {
        return RawConnection.send(
                server,
                "POST /api/update/save HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAccept-Language: "
                        + language + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }
}
