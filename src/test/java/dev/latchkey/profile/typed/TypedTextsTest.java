package dev.latchkey.profile.typed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.database.Cleaning;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.support.Cells;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class TypedTextsTest {
    private static final String BROWSER = "a-browser-nobody-else-has";
    private static final Map<ProfileField, String> BIO = Map.of(ProfileField.BIO, "A \"long\"\nstory \ud83d\ude80");

    private final ApplicationContext context;
    private final MutableClock clock;
    private final TypedTexts typed;
    private final Account somebody;

    TypedTextsTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true, "latchkey.links-per-minute", 600));
        clock = context.getBean(MutableClock.class);
        typed = context.getBean(TypedTexts.class);
        somebody = People.somebody(context);
    }

    @Test
    @DisplayName(
            "It is there for the account and the browser together, and the newest takes the place of the one before")
    void isThereForAccountAndBrowser() {
        assertThat(typed.keep(somebody.id(), BROWSER, Map.of(ProfileField.NAME, "Ada")))
                .isTrue();
        assertThat(typed.keep(somebody.id(), BROWSER, BIO)).isTrue();
        assertThat(typed.of(somebody.id(), BROWSER)).isEqualTo(BIO);
        assertThat(typed.of(somebody.id(), "another-browser")).isEmpty();
        assertThat(typed.of(People.somebody(context).id(), BROWSER)).isEmpty();
        assertThat(rows()).isEqualTo(1);
        assertThat(Cells.all(context)).noneMatch(cell -> cell.value().contains(BROWSER));
        typed.forget(somebody.id(), BROWSER);
        assertThat(typed.of(somebody.id(), BROWSER)).isEmpty();
    }

    @Test
    @DisplayName("It ends after a day, whether or not somebody has cleaned up, and then is removed")
    void endsAfterADay() {
        typed.keep(somebody.id(), BROWSER, BIO);
        clock.advance(TypedTexts.KEPT.minusSeconds(1));
        assertThat(typed.of(somebody.id(), BROWSER)).isEqualTo(BIO);
        clock.advance(Duration.ofSeconds(1));
        assertThat(typed.of(somebody.id(), BROWSER)).isEmpty();
        context.getBean(Cleaning.class).clean();
        assertThat(rows()).isZero();
    }

    @Test
    @DisplayName("An account has room for a few browsers, and a form for what people type")
    void isBounded() throws Exception {
        for (int i = 0; i < 2 * TypedTexts.MOST_BROWSERS; i++) {
            clock.advance(Duration.ofSeconds(1));
            assertThat(typed.keep(somebody.id(), BROWSER + i, BIO)).isTrue();
        }
        assertThat(rows()).isEqualTo(TypedTexts.MOST_BROWSERS);
        assertThat(typed.of(somebody.id(), BROWSER + (2 * TypedTexts.MOST_BROWSERS - 1)))
                .isEqualTo(BIO);
        String tooMuch = "x".repeat(TypedTexts.MOST_CHARACTERS + 1);
        assertThat(typed.keep(somebody.id(), BROWSER, Map.of(ProfileField.BIO, tooMuch)))
                .isFalse();
        assertThat(Race.of(6, () -> typed.keep(somebody.id(), UUID.randomUUID().toString(), BIO)))
                .containsOnly(true);
        assertThat(rows()).isEqualTo(TypedTexts.MOST_BROWSERS);
    }

    @Test
    @DisplayName("It goes with the account, and nothing is kept for one that is gone or blocked")
    void goesWithTheAccount() {
        typed.keep(somebody.id(), BROWSER, BIO);
        Sql.run(context, "UPDATE accounts SET status = 'BLOCKED' WHERE id = '" + somebody.id() + "'");
        assertThat(typed.keep(somebody.id(), BROWSER + 1, BIO)).isFalse();
        Sql.run(context, "DELETE FROM accounts WHERE id = '" + somebody.id() + "'");
        assertThat(rows()).isZero();
        assertThat(typed.keep(somebody.id(), BROWSER, BIO)).isFalse();
    }

    private long rows() {
        return Sql.count(context, "SELECT count(*) FROM typed_forms WHERE account_id = '" + somebody.id() + "'");
    }
}
