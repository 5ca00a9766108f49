package dev.latchkey.api.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.assistant.Assistants;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.People;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The document and the running server agree: {@link Api} validates each answer against the document. */
final class ActionAgreementTest {
    private final Api action = new Api(Assistants.reporting());
    private final Account account = People.somebody(Assistants.context());

    @Test
    @DisplayName("Init with a known address answers 202 with two words and instructions")
    void acceptsAKnownAddress() {
        Answer answer = action.action("/api/update/init", "{\"email\":\"" + account.email() + "\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("status")).isEqualTo("accepted");
        assertThat(answer.text("matchPhrase")).matches("[a-z]+ [a-z]+");
        assertThat(answer.text("instructions")).contains(answer.text("matchPhrase"));
        assertThat(answer.text())
                .as("neither address nor link is in the answer")
                .doesNotContain(account.email().value())
                .doesNotContain("/edit/");
    }

    @Test
    @DisplayName("Init takes the PIN as a number and as a string of digits")
    void acceptsAPin() {
        assertThat(action.action("/api/update/init", "{\"pin\":" + account.pin() + "}")
                        .status())
                .isEqualTo(202);
        Account other = People.somebody(Assistants.context());
        assertThat(action.action("/api/update/init", "{\"pin\":\"" + other.pin() + "\"}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    @DisplayName("Init without email address or PIN answers 400 and says what to ask the user")
    void refusesNeither() {
        Answer answer = action.action("/api/update/init", "{}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail"))
                .isEqualTo("Send either email or pin: ask the user for the email address or the nine-digit PIN of the"
                        + " account.");
    }

    @Test
    @DisplayName("Init without a valid key answers 401 and sends nothing")
    void refusesAForeignKey() {
        Answer answer = action.action(
                "/api/update/init", "{\"email\":\"" + account.email() + "\"}", "Authorization", "Bearer wrong");

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    @DisplayName("Init for an unknown address answers 404, for a blocked account 403")
    void reportsWhoIsUnknown() {
        assertThat(action.action("/api/update/init", "{\"email\":\"nobody@example.org\"}")
                        .status())
                .isEqualTo(404);
        Account blocked = People.somebody(Assistants.context(), AccountStatus.BLOCKED);
        assertThat(action.action("/api/update/init", "{\"email\":\"" + blocked.email() + "\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("A second Init within a minute answers 429 with Retry-After and a sentence to repeat")
    void saysHowLongToWait() {
        action.action("/api/update/init", "{\"email\":\"" + account.email() + "\"}");
        Answer answer = action.action("/api/update/init", "{\"email\":\"" + account.email() + "\"}");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("60");
        assertThat(answer.text("detail")).contains("60 seconds");
    }

    @Test
    @DisplayName("Init with something else than a JSON object answers 400, 413 or 415")
    void refusesWhatIsNoJson() {
        assertThat(action.action("/api/update/init", "[1]").status()).isEqualTo(400);
        assertThat(action.action("/api/update/init", "{\"email\":\"" + "x".repeat(70_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    @DisplayName("Status of a request answers 200, of an unknown id 404")
    void tellsTheStatus() {
        Answer accepted = action.action("/api/update/init", "{\"email\":\"" + account.email() + "\"}");
        Answer status = action.status(accepted.text("requestId"));

        assertThat(status.status()).isEqualTo(200);
        assertThat(status.text("matchPhrase")).isEqualTo(accepted.text("matchPhrase"));
        assertThat(action.status(UUID.randomUUID().toString()).status()).isEqualTo(404);
        assertThat(action.status("none").status()).isEqualTo(404);
        assertThat(action.status(accepted.text("requestId"), "Authorization", "Bearer wrong")
                        .status())
                .isEqualTo(401);
    }
}
