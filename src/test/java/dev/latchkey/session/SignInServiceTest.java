package dev.latchkey.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.credential.WeakHashes;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.session.SignInOutcome.Matched;
import dev.latchkey.session.SignInOutcome.Refused;
import dev.latchkey.session.SignInOutcome.SlowedDown;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class SignInServiceTest {
    private static final String PASSPHRASE = "seven quiet otters";
    private static final CallerAddress HERE = new CallerAddress("192.0.2.1");
    private static final CallerAddress THERE = new CallerAddress("192.0.2.2");
    private static final CallerAddress HOME = new CallerAddress("192.0.2.3");
    private static final CallerAddress ON_THE_ROAD = new CallerAddress("192.0.2.4");
    private static final CallerAddress SPRAYER = new CallerAddress("192.0.2.5");

    private final ApplicationContext context;
    private final SignInService signIns;
    private final MutableClock clock;
    private final Account somebody;
    private final String email;

    SignInServiceTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        signIns = context.getBean(SignInService.class);
        clock = context.getBean(MutableClock.class);
        somebody = People.somebody(context);
        email = somebody.email().value();
        context.getBean(Accounts.class)
                .updatePassphraseHash(
                        somebody.id(), context.getBean(Passphrases.class).hash(PASSPHRASE));
    }

    @Test
    void knowsThePassphraseHoweverTheAddressIsTyped() {
        assertThat(signIns.check(" " + email.toUpperCase() + " ", PASSPHRASE, HERE))
                .isInstanceOf(Matched.class);
        assertThat(signIns.check(email, PASSPHRASE + " ", HERE)).isEqualTo(new Refused());
    }

    @Test
    void growsTheWaitWithEachFailureAndForgetsThemWhenItGoesWell() {
        for (int i = 0; i < 5; i++) {
            assertThat(signIns.check(email, "wrong", THERE)).isEqualTo(new Refused());
        }
        for (int seconds = 1; seconds <= 8; seconds *= 2) {
            assertThat(signIns.check(email, PASSPHRASE, THERE)).isEqualTo(new SlowedDown(Duration.ofSeconds(seconds)));
            clock.advance(Duration.ofSeconds(seconds));
            assertThat(signIns.check(email, "wrong", THERE)).isEqualTo(new Refused());
        }
        clock.advance(Duration.ofSeconds(16));
        assertThat(signIns.check(email, PASSPHRASE, THERE)).isInstanceOf(Matched.class);
        assertThat(signIns.check(email, "wrong", THERE)).isEqualTo(new Refused());
    }

    @Test
    void slowsDownAnUnknownAddressTheSame() {
        for (int i = 0; i < 5; i++) {
            assertThat(signIns.check("nobody" + email, "wrong", THERE)).isEqualTo(new Refused());
        }
        assertThat(signIns.check("nobody" + email, "wrong", THERE)).isEqualTo(new SlowedDown(Duration.ofSeconds(1)));
    }

    @Test
    void neverLocksTheOwnerOutWhateverStrangersDo() {
        assertThat(signIns.check(email, PASSPHRASE, HOME)).isInstanceOf(Matched.class);
        for (int i = 0; i < 40; i++) {
            signIns.check(email, "wrong", stranger(i));
        }
        assertThat(signIns.check(email, "wrong", stranger(40))).isInstanceOf(SlowedDown.class);
        assertThat(signIns.check(email, PASSPHRASE, HOME)).isInstanceOf(Matched.class);
        clock.advance(Duration.ofSeconds(30));
        assertThat(signIns.check(email, PASSPHRASE, ON_THE_ROAD)).isInstanceOf(Matched.class);
    }

    @Test
    void slowsDownACallerThatTriesManyAddresses() {
        for (int i = 0; i < 50; i++) {
            assertThat(signIns.check(i + email, "wrong", SPRAYER)).isEqualTo(new Refused());
        }
        assertThat(signIns.check("more" + email, "wrong", SPRAYER)).isInstanceOf(SlowedDown.class);
    }

    @Test
    void hashesAnewWhatWasHashedWithLess() {
        Accounts accounts = context.getBean(Accounts.class);
        String weak = WeakHashes.of(PASSPHRASE);
        accounts.updatePassphraseHash(somebody.id(), weak);
        Matched matched = (Matched) signIns.check(email, PASSPHRASE, HERE);
        String stored = accounts.findById(somebody.id()).orElseThrow().passphraseHash();
        assertThat(stored).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(matched.account().passphraseHash()).isEqualTo(stored);
        assertThat(signIns.check(email, PASSPHRASE, HERE)).isInstanceOf(Matched.class);
    }

    private static CallerAddress stranger(int number) {
        return new CallerAddress("203.0.113." + number);
    }
}
