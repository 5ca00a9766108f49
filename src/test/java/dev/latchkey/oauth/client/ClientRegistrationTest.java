package dev.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.OAuthSettings;
import dev.latchkey.config.client.ClientDescription;
import dev.latchkey.config.client.RedirectAddress;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.limit.RateLimits;
import dev.latchkey.oauth.client.ClientRegistration.Outcome;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import io.micronaut.context.ApplicationContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class ClientRegistrationTest {
    private static final List<String> REDIRECTS = List.of("http://localhost/callback", "exampleapp://callback");

    private final CallerAddress caller = caller();
    private final ApplicationContext context;
    private final RegisteredClients rows;
    private final MutableClock clock;
    private final ClientRegistration registration;

    ClientRegistrationTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        rows = context.getBean(RegisteredClients.class);
        clock = context.getBean(MutableClock.class);
        registration = registration(true);
    }

    @Test
    void takesAClientInForADay() {
        Outcome.Registered registered = (Outcome.Registered) registration.register(told(), caller);
        OAuthClient client = registered.client();

        assertThat(registered.at()).isEqualTo(clock.instant());
        assertThat(client).isEqualTo(new OAuthClient(client.id(), "localhost", "Example Assistant", REDIRECTS, null));
        assertThat(client.id()).matches("[A-Za-z0-9_-]{24}").isNotEqualTo(register());
        clock.advance(Duration.ofDays(1).minusSeconds(1));
        assertThat(registration.find(client.id())).contains(client);
        clock.advance(Duration.ofSeconds(1));
        assertThat(registration.find(client.id())).isEmpty();
    }

    @Test
    void keepsOneForNinetyDaysAfterItLastGotSomething() {
        String id = register();
        registration.noteUse(id);

        clock.advance(Duration.ofDays(90).minusSeconds(1));
        assertThat(registration.find(id)).isPresent();
        registration.noteUse(id);
        clock.advance(Duration.ofDays(90).minusSeconds(1));
        assertThat(registration.find(id)).isPresent();
        clock.advance(Duration.ofSeconds(1));
        assertThat(registration.find(id)).isEmpty();
    }

    @Test
    void writesDownNoSecondUseWithinSixHours() {
        String id = register();
        registration.noteUse(id);
        clock.advance(Duration.ofHours(6));
        registration.noteUse(id);
        assertThat(rows.findById(id).orElseThrow().expiresAt())
                .isEqualTo(clock.instant().plus(Duration.ofDays(90)).minus(Duration.ofHours(6)));

        clock.advance(Duration.ofSeconds(1));
        registration.noteUse(id);
        assertThat(rows.findById(id).orElseThrow().expiresAt())
                .isEqualTo(clock.instant().plus(Duration.ofDays(90)));
    }

    @Test
    void takesTwentyAtOnceFromOneCallerAndOneMoreEachMinute() {
        for (int i = 0; i < 20; i++) {
            register();
        }
        assertThat(registration.register(told(), caller)).isEqualTo(new Outcome.LimitReached(Duration.ofMinutes(1)));
        assertThat(registration.register(told(), caller())).isInstanceOf(Outcome.Registered.class);
        clock.advance(Duration.ofMinutes(1));
        assertThat(registration.register(told(), caller)).isInstanceOf(Outcome.Registered.class);
    }

    @Test
    void knowsNobodyAnyMoreWhereTheOperatorShutIt() {
        String id = register();
        assertThat(registration.isOpen()).isTrue();

        ClientRegistration shut = registration(false);
        assertThat(shut.isOpen()).isFalse();
        assertThat(shut.find(id)).isEmpty();
    }

    @Test
    void forgetsThoseWhoseTimeIsOverAFewAtATime() {
        rows.removeOld(clock.instant().plus(Duration.ofDays(100)), 1000);
        Stream.generate(this::register)
                .limit(3)
                .forEach(id -> assertThat(rows.findById(id)).isPresent());
        clock.advance(Duration.ofDays(1));
        String fresh = register();
        clock.advance(Duration.ofSeconds(1));

        assertThat(rows.removeOld(clock.instant(), 2)).isEqualTo(2);
        assertThat(rows.removeOld(clock.instant(), 2)).isOne();
        assertThat(registration.find(fresh)).isPresent();
    }

    private String register() {
        return ((Outcome.Registered) registration.register(told(), caller))
                .client()
                .id();
    }

    private ClientRegistration registration(boolean open) {
        return new ClientRegistration(
                rows,
                context.getBean(RateLimits.class),
                context.getBean(SecureRandom.class),
                clock,
                new OAuthSettings(null, open, true, null));
    }

    private static ClientDescription told() {
        List<RedirectAddress> redirects = REDIRECTS.stream()
                .map(address -> RedirectAddress.parse(address).orElseThrow())
                .toList();
        return new ClientDescription(null, "Example Assistant", redirects, List.of(), null);
    }

    private static CallerAddress caller() {
        return new CallerAddress(UUID.randomUUID().toString());
    }
}
