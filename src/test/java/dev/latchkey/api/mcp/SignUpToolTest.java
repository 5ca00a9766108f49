package dev.latchkey.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.api.mcp.McpClient.Reply;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody without an account asks an assistant for one. */
final class SignUpToolTest {
    private static final String TOOL = "request_sign_up";

    private final EmbeddedServer server = Contexts.server(Database.SQLITE, Map.of("test.clock", true));
    private final ApplicationContext context = server.getApplicationContext();
    private final McpClient client = McpClient.at(server, "127.0.0.71");

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("With consent an account is there, unconfirmed, and the mail with its link is in the outbox")
    void signsUp(Database database) {
        EmbeddedServer there = Contexts.server(database, Map.of("test.clock", true));
        Reply reply = McpClient.at(there, "127.0.0.72").tool(TOOL, """
                "email":"Grace.%s@example.org","consent":true,"locale":"de","name":"Grace\"""".formatted(database));

        assertThat(reply.isError()).isFalse();
        assertThat(reply.facts().path("instructions").asText())
                .contains(reply.facts().path("matchPhrase").asText());
        ApplicationContext beans = there.getApplicationContext();
        Account account = beans.getBean(Accounts.class)
                .findByEmail(
                        EmailAddress.parse("grace." + database + "@example.org").orElseThrow())
                .orElseThrow();
        assertThat(account.verified()).isFalse();
        assertThat(beans.getBean(OwnProfiles.class)
                        .find(account.id())
                        .orElseThrow()
                        .profile()
                        .locale())
                .isEqualTo("de");
        assertThat(Sql.count(
                        beans,
                        "SELECT count(*) FROM outbox WHERE about_id = '"
                                + reply.facts().path("requestId").asText() + "'"))
                .isOne();
    }

    @Test
    @DisplayName("A taken address is answered like a free one, whatever the action tells its callers")
    void conceals() {
        Account taken = People.somebody(context);
        for (Reply reply : client.inBothEras(TOOL, "\"email\":\"" + taken.email() + "\",\"consent\":true")) {
            if (reply.isError()) {
                // The second within a minute.
                assertThat(reply.text()).contains("60 seconds");
            } else {
                assertThat(reply.facts().path("status").asText()).isEqualTo("accepted");
                assertThat(reply.answer().text()).doesNotContain("exists");
            }
        }
        assertThat(Sql.count(context, "SELECT count(*) FROM accounts WHERE email = '" + taken.email() + "'"))
                .isOne();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "email":"new@example.org"                                  | The user has to agree to the terms first: ask them, and send consent as true only if they said yes.
            "email":"new@example.org","consent":false                  | The user has to agree to the terms first: ask them, and send consent as true only if they said yes.
            "email":"new@example.org","consent":"true"                 | The field consent must be true or false.
            "email":"not an address","consent":true                    | The email address cannot be used: ask the user for one address in the correct format, like name@example.com.
            "consent":true                                             | The email address cannot be used: ask the user for one address in the correct format, like name@example.com.
            "email":"new@example.org","consent":true,"locale":"zz-ZZ"  | The account was not created: The locale names a language that this service does not know.
            """)
    @DisplayName("Without consent, a usable address or a known language nobody is signed up, and the model is told why")
    void refuses(String arguments, String sentence) {
        for (Reply reply : client.inBothEras(TOOL, arguments)) {
            assertThat(reply.isError()).isTrue();
            assertThat(reply.text()).isEqualTo(sentence);
        }
        assertThat(Sql.count(context, "SELECT count(*) FROM accounts WHERE email = 'new@example.org'"))
                .isZero();
    }

    @Test
    @DisplayName("The status of a sign-up is told like that of any request")
    void tellsItsStatus() {
        Reply asked = client.tool(TOOL, "\"email\":\"status@example.org\",\"consent\":true");

        assertThat(client.tool(
                                "get_profile_edit_status",
                                "\"requestId\":\""
                                        + asked.facts().path("requestId").asText() + "\"")
                        .facts()
                        .path("state")
                        .asText())
                .isIn("queued", "sent");
    }
}
