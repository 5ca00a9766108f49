package dev.latchkey.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.membership.SignUpOutcome.Created;
import dev.latchkey.membership.SignUpOutcome.EmailTaken;
import dev.latchkey.membership.SignUpOutcome.LimitReached;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How many addresses that never asked for it may be mailed: twenty an hour here. */
@ParameterizedClass
@EnumSource(Database.class)
class SignUpLimitsTest {
    private static final Map<String, Object> SETTINGS =
            Map.of("test.clock", true, "latchkey.new-addresses-per-hour", 20);
    private static final CallerAddress HERE = new CallerAddress("192.0.2.1");
    private static final CallerAddress ELSEWHERE = new CallerAddress("192.0.2.2");

    private final Database database;
    private final ApplicationContext context;
    private final SignUpService signUps;
    private final String domain = "@" + UUID.randomUUID() + ".example";

    SignUpLimitsTest(Database database) {
        this.database = database;
        context = Contexts.shared(database, SETTINGS);
        signUps = context.getBean(SignUpService.class);
        // What earlier tests have used up is there again.
        context.getBean(MutableClock.class).advance(Duration.ofHours(2));
    }

    @Test
    @Asvs("2.4.1")
    void oneNetworkAddressUsesUpHalfOfTheBudgetAndSomebodyElseSignsUp() {
        assertThat(created(30, i -> signUp("flood" + i, HERE))).isEqualTo(10);
        assertThat(signUp("one-more", HERE)).isEqualTo(new LimitReached(Duration.ofMinutes(6)));
        assertThat(signUp("honest", ELSEWHERE)).isInstanceOf(Created.class);
    }

    @Test
    void theLastQuarterIsForThoseWhoHaveUsedNone() {
        assertThat(created(30, i -> signUp("first" + i, HERE))).isEqualTo(10);
        assertThat(created(30, i -> signUp("second" + i, ELSEWHERE))).isEqualTo(5);
        for (int i = 0; i < 5; i++) {
            CallerAddress newcomer = new CallerAddress("198.51.100." + i);
            int number = i;
            assertThat(created(3, n -> signUp("newcomer" + number + "x" + n, newcomer)))
                    .isOne();
        }
        assertThat(signUp("too-late", new CallerAddress("203.0.113.1")))
                .as("never more than the budget")
                .isEqualTo(new LimitReached(Duration.ofMinutes(3)));
    }

    @Test
    void askingWhetherAddressesAreTakenCountsAndCostsOthersNothing() {
        EmailAddress taken = People.somebody(context).email();
        for (int i = 0; i < 10; i++) {
            assertThat(signUps.signUp(wish(taken, HERE))).isInstanceOf(EmailTaken.class);
        }
        assertThat(signUps.signUp(wish(taken, HERE))).isInstanceOf(LimitReached.class);
        assertThat(created(20, i -> signUp("other" + i, new CallerAddress("198.51.100." + i))))
                .isEqualTo(20);
    }

    @Test
    void anActionKeyHasABudgetOfItsOwn() {
        created(30, i -> signUp("stranger" + i, HERE));
        String key = UUID.randomUUID().toString();
        int created = created(
                40,
                i -> signUps.signUp(SignUp.withConsent(
                        address("leaked" + i), Map.of(), "1", new Caller(key, "user" + i + key, null))));

        assertThat(created).isEqualTo(20);
        assertThat(signUp("neighbour", ELSEWHERE)).isInstanceOf(Created.class);
    }

    @Test
    void whereAccountsAreConcealedATakenAddressCountsAsAFreeOne() {
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.put("latchkey.unknown-user", "conceal");
        ApplicationContext concealing = Contexts.shared(database, settings);
        concealing.getBean(MutableClock.class).advance(Duration.ofHours(2));
        SignUpService concealed = concealing.getBean(SignUpService.class);
        List<EmailAddress> taken = IntStream.range(0, 21)
                .mapToObj(i -> People.somebody(concealing).email())
                .toList();
        for (int i = 0; i < 20; i++) {
            CallerAddress caller = new CallerAddress("198.51.100." + i);
            assertThat(concealed.signUp(wish(taken.get(i), caller))).isInstanceOf(Created.class);
        }

        SignUpOutcome aboutTaken = concealed.signUp(wish(taken.get(20), HERE));
        SignUpOutcome aboutFree = concealed.signUp(wish(address("free"), ELSEWHERE));
        assertThat(aboutTaken).isInstanceOf(LimitReached.class).isEqualTo(aboutFree);
    }

    @Test
    void whereAccountsAreConcealedARequestForALinkShortlyBeforeMakesNoDifference() {
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.put("latchkey.unknown-user", "conceal");
        ApplicationContext concealing = Contexts.shared(database, settings);
        concealing.getBean(MutableClock.class).advance(Duration.ofHours(2));
        LinkRequestService links = concealing.getBean(LinkRequestService.class);
        SignUpService concealed = concealing.getBean(SignUpService.class);
        Account owner = People.somebody(concealing);
        EmailAddress free = address("nobody");
        for (EmailAddress email : List.of(owner.email(), free)) {
            links.requestConcealed(new Subject.ByEmail(email), Caller.page(HERE));
        }

        assertThat(concealed.signUp(wish(owner.email(), ELSEWHERE)))
                .isInstanceOf(LimitReached.class)
                .isEqualTo(concealed.signUp(wish(free, ELSEWHERE)));
    }

    private static int created(int times, IntFunction<SignUpOutcome> attempt) {
        return (int) IntStream.range(0, times)
                .mapToObj(attempt)
                .filter(Created.class::isInstance)
                .count();
    }

    private SignUpOutcome signUp(String name, CallerAddress caller) {
        return signUps.signUp(wish(address(name), caller));
    }

    private static SignUp wish(EmailAddress email, CallerAddress caller) {
        // Without a passphrase, whose hash would cost much and change nothing here.
        return SignUp.withConsent(email, Map.of(), "1", Caller.accountApi(caller));
    }

    private EmailAddress address(String name) {
        return EmailAddress.parse(name + domain).orElseThrow();
    }
}
