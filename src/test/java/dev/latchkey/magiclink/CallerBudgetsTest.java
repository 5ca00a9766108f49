package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.LinkSettings;
import dev.latchkey.limit.Budget;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.limit.RateLimits;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallerBudgetsTest {
    /** What one user or one conversation may ask for. */
    private static final int PER_HINT = 3;

    private static final int PLENTY = 1_000;
    private static final CallerAddress HERE = new CallerAddress("192.0.2.1");
    private static final CallerAddress ELSEWHERE = new CallerAddress("192.0.2.2");

    private final ApplicationContext context = Contexts.shared(Database.SQLITE, Map.of("test.clock", true));
    private final String key = UUID.randomUUID().toString();
    private final Caller nameless = new Caller(key, null, null);

    CallerBudgetsTest() {
        // What earlier tests have used up is there again.
        context.getBean(MutableClock.class).advance(Duration.ofHours(2));
    }

    @Test
    void oneStrangerSpendsNoMoreThanHalfOfTheNewAddresses() {
        CallerBudgets budgets = budgets(7, PLENTY);
        Caller stranger = Caller.accountApi(HERE);

        assertThat(accepted(20, () -> signUp(budgets, stranger))).isEqualTo(4);
        assertThat(budgets.countSignUp(stranger)).hasValue(Duration.ofMinutes(15));
        assertThat(budgets.countSignUp(Caller.page(HERE))).as("by another door").isPresent();
        assertThat(signUp(budgets, Caller.accountApi(ELSEWHERE))).isEmpty();
    }

    @Test
    void theLastQuarterOfTheNewAddressesIsForStrangersWhoSpentNoneLately() {
        CallerBudgets budgets = budgets(8, PLENTY);
        accepted(4, () -> signUp(budgets, Caller.page(HERE)));
        Duration untilTheNext = Duration.ofMinutes(7).plusSeconds(30);

        assertThat(accepted(3, () -> signUp(budgets, Caller.accountApi(ELSEWHERE))))
                .isEqualTo(2);
        assertThat(budgets.countNewAddress(Caller.page(ELSEWHERE))).hasValue(untilTheNext);
        assertThat(accepted(2, () -> signUp(budgets, Caller.page(new CallerAddress("192.0.2.3")))))
                .isEqualTo(1);
        assertThat(signUp(budgets, Caller.page(new CallerAddress("192.0.2.4")))).isEmpty();
        assertThat(signUp(budgets, Caller.page(new CallerAddress("192.0.2.5"))))
                .as("when all is spent nobody gets any")
                .hasValue(untilTheNext);
    }

    @Test
    void whatMailedNobodyInTheEndIsThereAgain() {
        CallerBudgets budgets = budgets(1, PLENTY);
        for (Caller caller : new Caller[] {nameless, Caller.page(HERE)}) {
            assertThat(budgets.countNewAddress(caller)).isEmpty();
            assertThat(budgets.countNewAddress(caller)).hasValue(Duration.ofHours(1));
            budgets.giveBackNewAddress(caller);
            assertThat(budgets.countNewAddress(caller)).isEmpty();
        }
    }

    @Test
    void everyKeyHasNewAddressesOfItsOwn() {
        CallerBudgets budgets = budgets(4, PLENTY);

        assertThat(accepted(9, () -> signUp(budgets, nameless))).isEqualTo(4);
        assertThat(signUp(budgets, nameless)).hasValue(Duration.ofMinutes(15));
        assertThat(signUp(budgets, new Caller("another " + key, null, null))).isEmpty();
        assertThat(signUp(budgets, Caller.page(HERE))).isEmpty();
    }

    @Test
    void newAddressesAreTakenFromTheKeyTooAndAreNotSpentWhereItHasNoneLeft() {
        CallerBudgets budgets = budgets(8, 4);

        assertThat(accepted(20, () -> budgets.countNewAddress(nameless))).isEqualTo(3);
        assertThat(budgets.countNewAddress(nameless)).hasValue(Duration.ofMinutes(15));
        assertThat(budgets.countNewAddress(new Caller(key, "a user of " + key, null)))
                .as("the quarter for those who name themselves")
                .isEmpty();
    }

    @Test
    void oneUserSignsUpNoMoreOftenThanTheyMayAskForLinks() {
        CallerBudgets budgets = budgets(PLENTY, PLENTY);
        Caller user = new Caller(key, "a user of " + key, null);

        assertThat(accepted(9, () -> budgets.countSignUp(user))).isEqualTo(PER_HINT);
        assertThat(budgets.countSignUp(user)).hasValue(Duration.ofMinutes(20));
        assertThat(budgets.countSignUp(nameless)).isEmpty();
    }

    @Test
    void whoeverWatchesSeesEachSignUpThatWasRefused() {
        CallerBudgets budgets = budgets(1, PLENTY);
        double before = refusals();
        signUp(budgets, Caller.page(HERE));
        assertThat(refusals()).isEqualTo(before);

        budgets.countSignUp(Caller.page(HERE));
        assertThat(refusals()).isEqualTo(before + 1);
        budgets.countNewAddress(Caller.page(HERE));
        assertThat(refusals()).isEqualTo(before + 2);
    }

    @Test
    void whatTheKeyIsRefusedCostsItsUsersNothing() {
        CallerBudgets budgets = budgets(PLENTY, 1);
        Caller user = new Caller(key, "a user of " + key, "a chat of " + key);
        budgets.countLink(user);
        assertThat(accepted(9, () -> budgets.countLink(user))).isZero();

        Caller elsewhere = new Caller("another " + key, user.user(), user.conversation());
        CallerBudgets larger = budgets(PLENTY, PLENTY);
        assertThat(accepted(9, () -> larger.countLink(elsewhere))).isEqualTo(PER_HINT - 1);
    }

    @Test
    void whatOneConversationIsRefusedCostsItsUserNothing() {
        CallerBudgets budgets = budgets(PLENTY, PLENTY);
        String busy = "a chat of " + key;
        accepted(PER_HINT, () -> budgets.countLink(new Caller(key, "others of " + key, busy)));
        assertThat(accepted(9, () -> budgets.countLink(new Caller(key, "a user of " + key, busy))))
                .isZero();

        assertThat(accepted(9, () -> budgets.countLink(new Caller(key, "a user of " + key, "another " + busy))))
                .isEqualTo(PER_HINT);
    }

    @Test
    void aLargeKeyIsKeptInPartsThatTogetherAreNoLarger() {
        CallerBudgets budgets = budgets(PLENTY, 10_000);
        RateLimits limits = context.getBean(RateLimits.class);
        accepted(40, () -> budgets.countLink(nameless));

        List<Long> taken = Stream.of("/0", "/1")
                .map(part -> limits.taken(Budget.perHour("action-key", key + part, 5_000)))
                .toList();
        assertThat(taken).doesNotContain(0L);
        assertThat(taken.getFirst() + taken.getLast()).isEqualTo(40);
    }

    @Test
    void everyGrantHasABudgetOfItsOwn() {
        CallerBudgets budgets = budgets(PLENTY, 4);

        assertThat(accepted(9, () -> budgets.countLink(Caller.grant(key, "Bot"))))
                .isEqualTo(3);
        assertThat(budgets.countLink(Caller.grant("another " + key, "Bot"))).isEmpty();
    }

    @Test
    void whoRunsTheServiceSpendsNobodysBudget() {
        CallerBudgets budgets = budgets(PLENTY, 1);

        assertThat(accepted(9, () -> budgets.countLink(Caller.operator()))).isEqualTo(9);
    }

    private static Optional<Duration> signUp(CallerBudgets budgets, Caller caller) {
        return budgets.countSignUp(caller).or(() -> budgets.countNewAddress(caller));
    }

    /** How many of so many tries went through. */
    private static long accepted(int tries, Supplier<Optional<Duration>> one) {
        return IntStream.range(0, tries).filter(i -> one.get().isEmpty()).count();
    }

    private double refusals() {
        return context.getBean(MeterRegistry.class)
                .counter("latchkey.links.limited")
                .count();
    }

    private CallerBudgets budgets(int newAddresses, int perKey) {
        Duration any = Duration.ofHours(1);
        return new CallerBudgets(
                new LinkSettings(any, any, 1, 5, PER_HINT, PLENTY, PLENTY, newAddresses, perKey),
                context.getBean(RateLimits.class),
                context.getBean(LinkMetrics.class));
    }
}
