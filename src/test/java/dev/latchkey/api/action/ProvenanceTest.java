package dev.latchkey.api.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.magiclink.Provenance;
import dev.latchkey.mail.MailContent;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
final class ProvenanceTest {
    private static final String NAMED = "a-named-key-0123456789";

    private final ApplicationContext context;
    private final Api api;

    ProvenanceTest(Database database) {
        EmbeddedServer server = Contexts.server(
                database,
                Map.of("latchkey.action-keys", Api.KEY + ",Support Bot:" + NAMED, "latchkey.unknown-user", "conceal"));
        context = server.getApplicationContext();
        api = new Api(server);
    }

    @Test
    @DisplayName("A request keeps the name of the key it came with, whether or not anybody has the address")
    void keepsTheNameOfTheKey() {
        Account ada = People.somebody(context);
        for (String email : new String[] {ada.email().value(), UUID.randomUUID() + "@example.org"}) {
            assertKept(init(email, NAMED), Caller.Door.ACTION, "Support Bot");
        }
    }

    @Test
    @DisplayName("A key without a name stays one")
    void keepsNoNameWhereThereIsNone() {
        assertKept(init(People.somebody(context).email().value(), Api.KEY), Caller.Door.ACTION, null);
    }

    @Test
    @DisplayName("A sign-up from the chat keeps the assistant's name, too")
    void keepsItOfASignUp() {
        Map<String, Object> body = Map.of("email", UUID.randomUUID() + "@example.org", "consent", true);
        assertKept(
                api.post("/api/signup/init", body, "Authorization", "Bearer " + NAMED),
                Caller.Door.ACTION,
                "Support Bot");
    }

    @Test
    @DisplayName("The mail says whose account it is for and which assistant asked")
    void tellsInTheMail() {
        String email = People.somebody(context).email().value();
        Answer named = init(email, NAMED);
        MailContent.Message mail = Links.mailed(context, UUID.fromString(named.text("requestId")));

        assertThat(mail.model()).containsEntry("by", List.of("action-named")).containsEntry("who", "Support Bot");
        assertThat(mail.to()).isEqualTo(email);
        Answer unnamed = init(People.somebody(context).email().value(), Api.KEY);
        assertThat(Links.mailed(context, UUID.fromString(unnamed.text("requestId")))
                        .model())
                .containsEntry("by", List.of("action"));
    }

    private Answer init(String email, String key) {
        return api.post("/api/update/init", Map.of("email", email), "Authorization", "Bearer " + key);
    }

    private void assertKept(Answer answer, Caller.Door door, @Nullable String assistant) {
        assertThat(answer.status()).isEqualTo(202);
        Optional<Provenance> kept =
                context.getBean(LinkStatusService.class).provenanceOf(UUID.fromString(answer.text("requestId")));
        assertThat(kept).hasValue(new Provenance(door, assistant, answer.text("matchPhrase")));
    }
}
