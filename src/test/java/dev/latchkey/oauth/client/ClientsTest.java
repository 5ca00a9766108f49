package dev.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.OAuthSettings;
import dev.latchkey.config.client.ClientDescription;
import dev.latchkey.config.client.RedirectAddress;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.limit.RateLimits;
import dev.latchkey.oauth.client.Clients.Found;
import dev.latchkey.oauth.client.Clients.Proof;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientsTest {
    private static final String PUBLISHED = "https://client.example.com/client.json";
    private static final Set<String> NONE = Set.of();
    private static final Set<String> RIGHT = Set.of(PredefinedClients.SECRET);
    private static final Set<String> WRONG = Set.of("another secret");

    private final ApplicationContext context =
            Contexts.shared(Database.SQLITE, Map.of("test.clock", true, "latchkey.oauth-registration", "true"));
    private final MutableClock clock = context.getBean(MutableClock.class);
    private final CallerAddress caller = caller();
    private final Clients clients = new Clients(
            new OAuthSettings(
                    Path.of(String.valueOf(PredefinedClients.SETTINGS.get("latchkey.oauth-clients"))),
                    true,
                    true,
                    null),
            context.getBean(ClientDocuments.class),
            context.getBean(ClientRegistration.class),
            context.getBean(RateLimits.class));

    @Test
    void knowsThoseOfTheOperatorAndThoseThatRegisteredThemselves() {
        OAuthClient registered = register();

        assertThat(clients.find(registered.id(), caller)).isEqualTo(new Found.Client(registered));
        assertThat(clients.find(PredefinedClients.CLOSED, caller)).isInstanceOfSatisfying(Found.Client.class, found -> {
            assertThat(found.client().id()).isEqualTo(PredefinedClients.CLOSED);
            assertThat(found.client().name()).isEqualTo("Example Server");
            assertThat(found.client().redirectUris()).containsExactly(PredefinedClients.CLOSED_REDIRECT);
        });
        assertThat(clients.find("nobody", caller)).isEqualTo(new Found.Unknown());
    }

    @Test
    @Asvs("10.4.10")
    void takesOneThatHasASecretForNobodyWithoutIt() {
        assertThat(authenticate(PredefinedClients.CLOSED, RIGHT)).isEqualTo(new Proof.Given());
        assertThat(authenticate(PredefinedClients.CLOSED, Set.of("read otherwise", PredefinedClients.SECRET)))
                .isEqualTo(new Proof.Given());
        assertThat(authenticate(PredefinedClients.CLOSED, WRONG)).isEqualTo(new Proof.Refused());
        assertThat(authenticate(PredefinedClients.CLOSED, NONE)).isEqualTo(new Proof.Refused());
    }

    @Test
    void takesOneThatHasNoSecretAtItsWordUnlessItShowsOne() {
        for (String id : List.of(PredefinedClients.OPEN, PUBLISHED, register().id())) {
            assertThat(authenticate(id, NONE)).as(id).isEqualTo(new Proof.Given());
            assertThat(authenticate(id, WRONG)).as(id).isEqualTo(new Proof.Refused());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "", "https://client.example.com", "http://client.example.com/client.json"})
    void takesNobodyForWhoIsNone(String id) {
        assertThat(authenticate(id, NONE)).isEqualTo(new Proof.Refused());
        assertThat(authenticate(id, RIGHT)).isEqualTo(new Proof.Refused());
    }

    @Test
    void looksAtNoMoreThanThirtyWrongSecretsInAnHourFromOnePlace() {
        for (int i = 0; i < 40; i++) {
            assertThat(authenticate(PredefinedClients.CLOSED, RIGHT))
                    .as("the right one costs nothing")
                    .isEqualTo(new Proof.Given());
        }
        for (int i = 0; i < 30; i++) {
            assertThat(authenticate(PredefinedClients.CLOSED, WRONG)).isEqualTo(new Proof.Refused());
        }
        Proof slowedDown = new Proof.SlowedDown(Duration.ofMinutes(2));
        assertThat(authenticate(PredefinedClients.CLOSED, WRONG)).isEqualTo(slowedDown);
        assertThat(authenticate(PredefinedClients.CLOSED, RIGHT)).isEqualTo(slowedDown);
        assertThat(authenticate(PredefinedClients.OPEN, NONE)).isEqualTo(new Proof.Given());
        assertThat(clients.authenticate(PredefinedClients.CLOSED, RIGHT, caller()))
                .isEqualTo(new Proof.Given());

        clock.advance(Duration.ofMinutes(2));
        assertThat(authenticate(PredefinedClients.CLOSED, RIGHT)).isEqualTo(new Proof.Given());
    }

    @Test
    void keepsOneThatRegisteredItselfAndGotSomething() {
        OAuthClient used = register();
        OAuthClient unused = register();
        clients.noteUse(used.id());
        clock.advance(Duration.ofDays(1));

        assertThat(clients.find(used.id(), caller)).isEqualTo(new Found.Client(used));
        assertThat(clients.find(unused.id(), caller)).isEqualTo(new Found.Unknown());
        assertThat(authenticate(unused.id(), NONE)).isEqualTo(new Proof.Refused());
    }

    private Proof authenticate(String id, Set<String> secrets) {
        return clients.authenticate(id, secrets, caller);
    }

    private OAuthClient register() {
        List<RedirectAddress> redirects =
                List.of(RedirectAddress.parse("http://localhost/callback").orElseThrow());
        ClientDescription told = new ClientDescription(null, "Example Assistant", redirects, List.of(), null);
        return ((ClientRegistration.Outcome.Registered)
                        context.getBean(ClientRegistration.class).register(told, caller))
                .client();
    }

    private static CallerAddress caller() {
        return new CallerAddress(UUID.randomUUID().toString());
    }
}
