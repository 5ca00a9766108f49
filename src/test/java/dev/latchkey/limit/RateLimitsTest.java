package dev.latchkey.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.Race;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.GenericArgument;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class RateLimitsTest {
    private final ApplicationContext context;
    private final RateLimits limits;
    private final MutableClock clock;
    private final Budget budget = new Budget("test", UUID.randomUUID().toString(), 3, Duration.ofSeconds(10));

    RateLimitsTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        limits = context.getBean(RateLimits.class);
        clock = context.getBean(MutableClock.class);
    }

    @Test
    void refillsOneByOneAndNeverBeyondWhatItHolds() {
        takeAll();
        assertThat(limits.take(budget)).hasValue(Duration.ofSeconds(10));
        clock.advance(Duration.ofSeconds(4));
        assertThat(limits.take(budget)).as("the truth").hasValue(Duration.ofSeconds(6));
        clock.advance(Duration.ofSeconds(6));
        assertThat(limits.take(budget)).isEmpty();
        assertThat(limits.take(budget)).hasValue(Duration.ofSeconds(10));
        clock.advance(Duration.ofDays(1));
        takeAll();
        assertThat(limits.take(budget)).hasValue(Duration.ofSeconds(10));
    }

    @Test
    void leavesToOthersWhatItIsAskedToLeave() {
        assertThat(limits.take(budget, 1)).isEmpty();
        assertThat(limits.take(budget, 1)).isEmpty();
        assertThat(limits.take(budget, 1)).hasValue(Duration.ofSeconds(10));
        assertThat(limits.take(budget)).isEmpty();
    }

    @Test
    void takesBackWhatIsGivenBack() {
        takeAll();
        limits.giveBack(budget);
        assertThat(limits.taken(budget)).isEqualTo(2);
        assertThat(limits.take(budget)).isEmpty();
        assertThat(limits.take(budget)).isPresent();
    }

    @Test
    void keepsTheBudgetsOfOthersAndForOtherUsesApart() {
        takeAll();
        assertThat(limits.take(new Budget("test", budget.holder() + "x", 3, budget.oneEach())))
                .isEmpty();
        assertThat(limits.take(new Budget("other", budget.holder(), 3, budget.oneEach())))
                .isEmpty();
    }

    @Test
    void countsForNothingWhatAClockWroteThatWasAhead() {
        clock.advance(Duration.ofMinutes(2));
        takeAll();
        clock.advance(Duration.ofMinutes(-2));
        assertThat(limits.taken(budget)).isZero();
        takeAll();
        assertThat(limits.take(budget)).hasValue(Duration.ofSeconds(10));
        clock.advance(Duration.ofMinutes(2));
    }

    @Test
    void countsWhatANodeWroteWhoseClockIsSecondsAhead() {
        clock.advance(Duration.ofSeconds(5));
        assertThat(limits.take(budget)).isEmpty();
        clock.advance(Duration.ofSeconds(-5));
        assertThat(limits.take(budget)).isEmpty();
        assertThat(limits.take(budget)).hasValue(Duration.ofSeconds(5));
    }

    @Test
    void isUndoneWithTheTransactionItIsPartOf() {
        TransactionOperations<Connection> transactions =
                context.getBean(new GenericArgument<TransactionOperations<Connection>>() {});
        transactions.executeWrite(status -> {
            status.setRollbackOnly();
            return limits.take(budget);
        });
        assertThat(limits.taken(budget)).isZero();
    }

    @Test
    void givesExactlyWhatThereIsToManyAtOnce() throws Exception {
        Budget wide = new Budget("test", "many " + budget.holder(), 20, Duration.ofHours(1));
        assertThat(Race.of(64, () -> limits.take(wide)))
                .filteredOn(Optional::isEmpty)
                .hasSize(20);
    }

    @Test
    void forgetsBudgetsThatAreFullAndNoOthers() {
        Budget slow = new Budget("test", "slow " + budget.holder(), 1, Duration.ofDays(2));
        takeAll();
        assertThat(limits.take(slow)).isEmpty();
        clock.advance(Duration.ofDays(1));
        limits.forget();
        assertThat(limits.take(slow)).isPresent();
        assertThat(Sql.count(context, "SELECT count(*) FROM budgets")).isEqualTo(1);
        clock.advance(Duration.ofDays(2));
        limits.forget();
        assertThat(Sql.count(context, "SELECT count(*) FROM budgets")).isZero();
    }

    private void takeAll() {
        for (int i = 0; i < 3; i++) {
            assertThat(limits.take(budget)).isEmpty();
        }
    }
}
