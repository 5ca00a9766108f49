package dev.latchkey.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.account.Account;
import dev.latchkey.api.mcp.McpClient.Reply;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.LetIn;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A missing address, asked of the user themselves where their client has forms. */
final class AddressFormTest {
    private static final String TOOL = "request_profile_edit_link";
    private static final String FORMS = "{\"elicitation\":{}}";
    private static final String NEITHER =
            "Send either email or profile_number: ask the user for the email address or the nine-digit PIN of the account.";

    private final EmbeddedServer server = Contexts.server(Database.SQLITE, Map.of("test.clock", true));
    private final ApplicationContext context = server.getApplicationContext();
    private final McpClient client = McpClient.at(server, "127.0.0.75").that(FORMS);
    private final Account somebody = People.somebody(context);

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("Without an address the client is asked for a form, and with its answer the mail is sent, once")
    void asksAndMails(Database database) {
        EmbeddedServer there = Contexts.server(database, Map.of("test.clock", true));
        McpClient forms = McpClient.at(there, "127.0.0.76").that(FORMS);
        Account account = People.somebody(there.getApplicationContext());
        JsonNode asked =
                forms.tool(TOOL, "\"proposal\":{\"bio\":\"Keeps bees.\"}").result();

        assertThat(asked.path("resultType").asText()).isEqualTo("input_required");
        JsonNode request = asked.path("inputRequests").path("email");
        assertThat(request.path("method").asText()).isEqualTo("elicitation/create");
        assertThat(request.path("params").path("mode").asText()).isEqualTo("form");
        assertThat(request.path("params").path("message").asText()).contains("email address");
        JsonNode schema = request.path("params").path("requestedSchema");
        assertThat(schema.path("type").asText()).isEqualTo("object");
        assertThat(schema.path("properties").path("email").path("format").asText())
                .isEqualTo("email");
        assertThat(schema.path("required").toString()).isEqualTo("[\"email\"]");

        String state = asked.path("requestState").asText();
        Reply done = answer(forms, "\"proposal\":{\"bio\":\"Keeps bees.\"}", state, accept(account));
        assertThat(done.facts().path("status").asText()).isEqualTo("accepted");
        assertThat(done.facts().path("proposed").toString()).isEqualTo("[\"bio\"]");
        assertRefused(
                answer(forms, "\"proposal\":{\"bio\":\"Keeps bees.\"}", state, accept(account)),
                "requestState was used already");
        assertThat(Sql.count(
                        there.getApplicationContext(),
                        "SELECT count(*) FROM link_requests WHERE account_id = '" + account.id() + "'"))
                .isOne();
    }

    @Test
    @DisplayName("Signing up asks for the address as well, and for consent before it")
    void asksWhoSignsUp() {
        assertThat(client.tool("request_sign_up", "").text()).startsWith("The user has to agree to the terms first");
        JsonNode asked = client.tool("request_sign_up", "\"consent\":true").result();
        Reply done = client.modern(
                "tools/call",
                McpClient.call("request_sign_up", "\"consent\":true")
                        + ",\"requestState\":" + asked.path("requestState")
                        + ",\"inputResponses\":{\"email\":{\"action\":\"accept\",\"content\":{\"email\":\"form@example.org\"}}}");

        assertThat(done.facts().path("status").asText()).isEqualTo("accepted");
        assertThat(Sql.count(context, "SELECT count(*) FROM accounts WHERE email = 'form@example.org'"))
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"elicitation\":{\"url\":{}}}", "{\"elicitation\":null}", "{\"sampling\":{}}"})
    @DisplayName("A client that has no forms is told to ask in the chat, as ever")
    void neverIsACondition(String capabilities) {
        Reply reply = McpClient.at(server, "127.0.0.75").that(capabilities).tool(TOOL, "");

        assertThat(reply.isError()).isTrue();
        assertThat(reply.text()).isEqualTo(NEITHER);
        assertThat(client.legacy("2025-11-25", "tools/call", McpClient.call(TOOL, ""))
                        .text())
                .isEqualTo(NEITHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"elicitation\":{\"form\":{}}}", "{\"elicitation\":{\"form\":{},\"url\":{}}}"})
    @DisplayName("A client that names its forms has them")
    void knowsForms(String capabilities) {
        assertThat(McpClient.at(server, "127.0.0.75")
                        .that(capabilities)
                        .tool(TOOL, "\"email\":\"\"")
                        .result()
                        .path("resultType")
                        .asText())
                .isEqualTo("input_required");
    }

    @Test
    @DisplayName("Declined and cancelled forms end with a sentence of their own, and nothing is mailed")
    void endsWithoutAnAddress() {
        Reply declined = answer(client, "", state(), "{\"email\":{\"action\":\"decline\"}}");
        assertThat(declined.isError()).isTrue();
        assertThat(declined.text()).startsWith("The user does not want to give an email address.");
        Reply cancelled = answer(client, "", state(), "{\"email\":{\"action\":\"cancel\"}}");
        assertThat(cancelled.isError()).isTrue();
        assertThat(cancelled.text()).startsWith("The user closed the form without an answer.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"other\":{\"action\":\"accept\",\"content\":{\"email\":\"a@example.org\"}}}",
                "{\"email\":{\"action\":\"accept\"}}",
                "{\"email\":{\"action\":\"accept\",\"content\":{\"email\":7}}}",
                "{\"email\":{\"action\":\"accept\",\"content\":{\"email\":\"not an address\"}}}",
                "{\"email\":\"a@example.org\"}",
                "{\"email\":{\"action\":\"whatever\"}}",
                "[]"
            })
    @DisplayName("An answer that is missing or cannot be used is asked for once more")
    void asksOnceMore(String responses) {
        JsonNode again = answer(client, "", state(), responses).result();

        assertThat(again.path("resultType").asText()).isEqualTo("input_required");
        assertThat(answer(client, "", again.path("requestState").asText(), accept(somebody))
                        .facts()
                        .path("status")
                        .asText())
                .isEqualTo("accepted");
    }

    @Test
    @DisplayName("A state that is forged, altered, of another call or caller, or too old is refused")
    void believesItsOwnStatesAlone() {
        String state = state();
        String signature = state.substring(state.lastIndexOf('.'));
        for (String forged : new String[] {
            "", ".", "x", state + "-TAMPERED", state.substring(1), "99999999999.AAAA" + signature, signature
        }) {
            assertRefused(answer(client, "", forged, accept(somebody)), "requestState was altered");
        }
        assertRefused(
                answer(client, "\"proposal\":{\"bio\":\"Another.\"}", state, accept(somebody)),
                "requestState was altered, or belongs to another call");
        assertRefused(
                client.modern(
                        "tools/call",
                        McpClient.call("request_sign_up", "\"consent\":true") + ",\"requestState\":\"" + state
                                + "\",\"inputResponses\":" + accept(somebody)),
                "belongs to another call");
        assertRefused(
                client.modern(
                        "tools/call",
                        McpClient.call(TOOL, "") + ",\"requestState\":\"" + state + "\",\"inputResponses\":"
                                + accept(somebody),
                        "Authorization",
                        LetIn.by(context, somebody).bearer()),
                "belongs to another call");
        assertThat(client.modern("tools/call", McpClient.call(TOOL, "") + ",\"requestState\":7")
                        .errorCode())
                .isEqualTo(-32602);
        context.getBean(MutableClock.class).advance(Duration.ofMinutes(10));
        assertRefused(answer(client, "", state, accept(somebody)), "requestState has expired");
    }

    @Test
    @DisplayName("A call that has its address needs no form, whatever comes along")
    void asksNobodyWhoSaid() {
        assertThat(client.modern(
                                "tools/call",
                                McpClient.call(TOOL, "\"email\":\"" + somebody.email() + "\"")
                                        + ",\"requestState\":\"x\",\"inputResponses\":{}")
                        .facts()
                        .path("status")
                        .asText())
                .isEqualTo("accepted");
    }

    private String state() {
        return client.tool(TOOL, "").result().path("requestState").asText();
    }

    private static String accept(Account account) {
        return "{\"email\":{\"action\":\"accept\",\"content\":{\"email\":\"" + account.email()
                + "\",\"more\":1}},\"extra\":{}}";
    }

    private static Reply answer(McpClient client, String arguments, String state, String responses) {
        return client.modern(
                "tools/call",
                McpClient.call(TOOL, arguments) + ",\"requestState\":\"" + state + "\",\"inputResponses\":"
                        + responses);
    }

    private static void assertRefused(Reply reply, String why) {
        assertThat(reply.errorCode()).isEqualTo(-32602);
        assertThat(reply.body().path("error").path("message").asText()).contains(why);
    }
}
