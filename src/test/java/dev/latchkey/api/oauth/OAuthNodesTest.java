package dev.latchkey.api.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.oauth.Grants;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three nodes on one PostgreSQL with one secret, as behind a load balancer that sends each step to another one. */
class OAuthNodesTest {
    private static final String ALL = "profile:read profile:propose offline_access";
    private static final String PASSPHRASE = "four patient otters";
    private static final String REDIRECT = "https://client.example.com/callback";

    private static List<EmbeddedServer> nodes;

    @BeforeAll
    static void start() {
        Map<String, Object> shared = new HashMap<>(Database.POSTGRESQL.fresh());
        Map<String, Object> settings = Map.of(
                "latchkey.secret",
                Base64.getEncoder().encodeToString(new byte[32]),
                "latchkey.oauth-registration",
                "true");
        nodes = Stream.generate(() -> Contexts.serve(shared, settings)).limit(3).toList();
    }

    @AfterAll
    static void stop() {
        nodes.forEach(EmbeddedServer::close);
    }

    @Test
    void eachStepIsTakenWhereverItArrives() {
        Account somebody = somebody();
        Assistant registered = at(
                0,
                api(0).post("/oauth/register", Map.of("redirect_uris", List.of(REDIRECT)))
                        .text("client_id"));
        String question = "/oauth/authorize?" + registered.query(ALL);

        assertThat(api(1).get(question).status()).isEqualTo(200);
        Answer in = api(2).form(question, Map.of("email", somebody.email().value(), "passphrase", PASSPHRASE));
        assertThat(in.status()).isEqualTo(303);
        String cookie = in.header("Set-Cookie").split(";", 2)[0];
        Answer page = api(0).get(question, "Cookie", cookie);
        String csrf = page.html().expectFirst("input[name=csrf]").attr("value");
        Answer allowed = api(1).form(question, Map.of("csrf", csrf, "do", "allow"), "Cookie", cookie);
        assertThat(allowed.status()).isEqualTo(303);
        String code = Assistant.parameters(URI.create(allowed.header("Location")))
                .get("code")
                .getFirst();

        Answer tokens = again(registered, 2).token(registered.exchange(code));
        assertThat(tokens.status()).isEqualTo(200);
        for (EmbeddedServer node : nodes) {
            assertThat(node.getApplicationContext().getBean(Grants.class).find(tokens.text("access_token")))
                    .isPresent();
        }
        Answer later = again(registered, 0).refresh(tokens.text("refresh_token"));
        assertThat(later.status()).isEqualTo(200);
        assertThat(again(registered, 1).revoke(later.text("access_token")).status())
                .isEqualTo(200);
        assertThat(again(registered, 2).refresh(later.text("refresh_token")).text("error"))
                .isEqualTo("invalid_grant");
    }

    @Test
    void ofManyWhoExchangeOneCodeAtAllNodesOneIsServed() throws Exception {
        Assistant registered = at(
                0,
                api(0).post("/oauth/register", Map.of("redirect_uris", List.of(REDIRECT)))
                        .text("client_id"));
        String code = registered.code(nodes.get(1).getApplicationContext(), somebody(), ALL);
        AtomicInteger turn = new AtomicInteger();

        List<Answer> answers =
                Race.of(12, () -> again(registered, turn.getAndIncrement() % 3).token(registered.exchange(code)));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allSatisfy(answer -> assertThat(answer.text("error")).isEqualTo("invalid_grant"));
    }

    private static Account somebody() {
        var context = nodes.getFirst().getApplicationContext();
        Account somebody = People.somebody(context);
        context.getBean(Accounts.class)
                .updatePassphraseHash(
                        somebody.id(), context.getBean(Passphrases.class).hash(PASSPHRASE));
        return somebody;
    }

    private static Api api(int node) {
        return new Api(nodes.get(node));
    }

    private static Assistant at(int node, String clientId) {
        return new Assistant(api(node), clientId, REDIRECT);
    }

    private static Assistant again(Assistant assistant, int node) {
        return at(node, assistant.clientId);
    }
}
