package dev.latchkey.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.credential.WeakHashes;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.session.SignInOutcome.Matched;
import dev.latchkey.session.SignInOutcome.Refused;
import dev.latchkey.session.SignInOutcome.SlowedDown;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
    private static final CallerAddress SPRAYER = new CallerAddress("192.0.2.5");

    private final ApplicationContext context;
    private final SignInService signIns;
    private final Accounts accounts;
    private final MutableClock clock;
    private final Account somebody;
    private final String email;

    SignInServiceTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        signIns = context.getBean(SignInService.class);
        accounts = context.getBean(Accounts.class);
        clock = context.getBean(MutableClock.class);
        somebody = People.somebody(context);
        email = somebody.email().value();
        hashCheaply();
    }

    @Test
    @Asvs("6.2.8")
    void knowsThePassphraseHoweverTheAddressIsTyped() {
        assertThat(signIns.check(" " + email.toUpperCase() + " ", PASSPHRASE, HERE))
                .isInstanceOf(Matched.class);
        assertThat(signIns.check(email, PASSPHRASE + " ", HERE)).isEqualTo(new Refused());
    }

    @Test
    @Asvs("6.3.1")
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
    @Asvs("6.3.1")
    void letsTheOwnerInFromANewNetworkWhileOthersGuessAllTheTime() {
        assertThat(signIns.check(email, PASSPHRASE, HOME)).isInstanceOf(Matched.class);
        hashCheaply();
        int letThrough = 0;
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 24; i++) {
                letThrough += signIns.check(email, "wrong", stranger(i)) instanceof Refused ? 1 : 0;
            }
            clock.advance(Duration.ofMillis(250));
        }

        assertThat(letThrough).as("of 480").isLessThan(50);
        for (int i = 0; i < 3; i++) {
            assertThat(signIns.check(email, PASSPHRASE, onTheRoad(i))).isInstanceOf(Matched.class);
        }
        assertThat(signIns.check(email, PASSPHRASE, HOME))
                .as("who was known before")
                .isInstanceOf(Matched.class);
    }

    @Test
    void putsWhoMistypedOnceBehindNobodyWhoFailedMore() {
        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < 24; i++) {
                signIns.check(email, "wrong", stranger(i));
            }
            clock.advance(Duration.ofSeconds(30));
        }

        assertThat(signIns.check(email, "seven quite otters", onTheRoad(0))).isEqualTo(new Refused());
        assertThat(signIns.check(email, PASSPHRASE, onTheRoad(0))).isInstanceOf(Matched.class);
    }

    @Test
    void letsTheOwnerInWhoProvedTheMailboxWhateverStrangersDo() {
        for (int i = 0; i < 200; i++) {
            signIns.check(email, "wrong", stranger(i));
        }
        assertThat(signIns.check(email, PASSPHRASE, onTheRoad(0)))
                .as("more strangers than are reserved for")
                .isInstanceOf(SlowedDown.class);

        signIns.noteProof(somebody.email(), onTheRoad(0));

        assertThat(signIns.check(email, PASSPHRASE, onTheRoad(0))).isInstanceOf(Matched.class);
        assertThat(signIns.check(email, PASSPHRASE, onTheRoad(1)))
                .as("from elsewhere nothing was proved")
                .isInstanceOf(SlowedDown.class);
    }

    @Test
    void countsWhatIsGuessedByOneWhoIsKnown() {
        assertThat(signIns.check(email, PASSPHRASE, HOME)).isInstanceOf(Matched.class);
        for (int i = 0; i < 5; i++) {
            assertThat(signIns.check(email, "wrong", HOME)).isEqualTo(new Refused());
        }
        assertThat(signIns.check(email, PASSPHRASE, HOME)).isEqualTo(new SlowedDown(Duration.ofSeconds(1)));
    }

    @Test
    void forgetsWhatAClockWroteThatWasAhead() {
        clock.advance(Duration.ofHours(26));
        for (int i = 0; i < 6; i++) {
            signIns.check(email, "wrong", THERE);
        }
        assertThat(signIns.check(email, PASSPHRASE, THERE)).isInstanceOf(SlowedDown.class);
        clock.advance(Duration.ofHours(-26));

        assertThat(signIns.check(email, PASSPHRASE, THERE)).isInstanceOf(Matched.class);
        clock.advance(Duration.ofHours(27));
    }

    @Test
    void admitsManyAtOnceExactlyUpToTheLimitAndTellsNobodyToWaitByMistake() throws Exception {
        CallerAddress office = new CallerAddress("192.0.2." + 100);
        SignInThrottle throttle = context.getBean(SignInThrottle.class);
        List<Callable<Duration>> colleagues = new ArrayList<>();
        List<Callable<Duration>> guesses = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String colleague = i + email;
            colleagues.add(() -> throttle.admit(colleague, office).pause());
            guesses.add(() -> throttle.admit(email, THERE).pause());
        }

        assertThat(Race.of(colleagues)).as("one caller, an address each").containsOnly(Duration.ZERO);
        assertThat(Race.of(guesses).stream().filter(Duration::isZero))
                .as("one caller at one address")
                .hasSize(5);
    }

    @Test
    @Asvs("6.3.1")
    void slowsDownACallerThatTriesManyAddresses() {
        SignInThrottle throttle = context.getBean(SignInThrottle.class);
        for (int i = 0; i < 50; i++) {
            assertThat(throttle.admit(i + email, SPRAYER).pause()).isZero();
        }
        assertThat(signIns.check("more" + email, "wrong", SPRAYER)).isInstanceOf(SlowedDown.class);
    }

    @Test
    @Asvs({"6.2.10", "11.2.2"})
    void hashesAnewWhatWasHashedWithLess() {
        String weak = WeakHashes.of(PASSPHRASE);
        accounts.updatePassphraseHash(somebody.id(), weak);
        Matched matched = (Matched) signIns.check(email, PASSPHRASE, HERE);
        String stored = accounts.findById(somebody.id()).orElseThrow().passphraseHash();
        assertThat(stored).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(matched.account().passphraseHash()).isEqualTo(stored);
        assertThat(signIns.check(email, PASSPHRASE, HERE)).isEqualTo(matched);
        assertThat(accounts.findById(somebody.id())).contains(matched.account());
    }

    @Test
    void knowsWhoIsSignedInWhateverHasBecomeOfTheAddress() {
        EmailAddress elsewhere = EmailAddress.parse("moved." + email).orElseThrow();
        Account known = accounts.findById(somebody.id()).orElseThrow();
        accounts.move(known.id(), elsewhere, clock.instant(), clock.instant());
        assertThat(signIns.check(known, PASSPHRASE, HERE)).isInstanceOf(Matched.class);
        assertThat(signIns.check(known, "wrong", HERE)).isEqualTo(new Refused());
        assertThat(signIns.check(email, PASSPHRASE, HERE)).isEqualTo(new Refused());
    }

    @Test
    void countsNothingThatCouldNotBeLookedAt() {
        accounts.updatePassphraseHash(somebody.id(), "$argon2id$v=19$m=4096,t=1,p=1$no base64$no base64");
        for (int i = 0; i < 6; i++) {
            assertThatIllegalStateException().isThrownBy(() -> signIns.check(email, PASSPHRASE, HERE));
        }
        hashCheaply();
        assertThat(signIns.check(email, PASSPHRASE, HERE)).isInstanceOf(Matched.class);
    }

    /** Hundreds of guesses are counted here, and what each of them costs is nobody's question. */
    private void hashCheaply() {
        accounts.updatePassphraseHash(somebody.id(), WeakHashes.of(PASSPHRASE));
    }

    private static CallerAddress onTheRoad(int number) {
        return new CallerAddress("198.51.100." + number);
    }

    private static CallerAddress stranger(int number) {
        return new CallerAddress("203.0.113." + number);
    }
}
