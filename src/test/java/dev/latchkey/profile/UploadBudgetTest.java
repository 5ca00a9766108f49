package dev.latchkey.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class UploadBudgetTest {
    private static final int MOST = 20;

    private final ApplicationContext context;
    private final UploadBudget budget;
    private final MutableClock clock;
    private final Account somebody;

    UploadBudgetTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        budget = context.getBean(UploadBudget.class);
        clock = context.getBean(MutableClock.class);
        somebody = People.somebody(context);
    }

    @Test
    void takesTwentyInAnyHourAndSaysWhenTheNextOneIs() {
        for (int photo = 0; photo < MOST; photo++) {
            assertThat(count()).isEmpty();
            clock.advance(Duration.ofMinutes(2));
        }

        assertThat(count()).contains(Duration.ofMinutes(20));
        clock.advance(Duration.ofMinutes(20));
        assertThat(count()).isEmpty();
        assertThat(count()).contains(Duration.ofMinutes(2));
    }

    @Test
    void countsEachAccountByItself() {
        spend();

        assertThat(budget.count(People.somebody(context).id())).isEmpty();
    }

    @Test
    @Asvs({"2.3.2", "2.4.1"})
    void takesExactlyTwentyOfACrowd() throws Exception {
        assertThat(Race.of(50, this::count)).filteredOn(Optional::isEmpty).hasSize(MOST);
    }

    @Test
    void forgetsWhatAClockThatWasAheadHasCounted() {
        clock.advance(Duration.ofDays(1));
        spend();
        clock.advance(Duration.ofDays(-1));

        assertThat(count()).isEmpty();
    }

    @Test
    void goesWithTheAccount() {
        spend();

        context.getBean(Accounts.class).remove(somebody.id());

        assertThat(Sql.count(context, "SELECT count(*) FROM photo_uploads WHERE account_id = '" + somebody.id() + "'"))
                .isZero();
        assertThat(count()).isEmpty();
    }

    private void spend() {
        for (int photo = 0; photo < MOST; photo++) {
            assertThat(count()).isEmpty();
        }
        assertThat(count()).isPresent();
    }

    private Optional<Duration> count() {
        return budget.count(somebody.id());
    }
}
