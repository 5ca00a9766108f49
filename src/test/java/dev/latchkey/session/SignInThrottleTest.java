package dev.latchkey.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.support.Client;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.GenericArgument;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class SignInThrottleTest {
    private static final AtomicInteger CALLERS = new AtomicInteger();
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final ApplicationContext context;
    private final SignInThrottle throttle;
    private final SignInAttempts attempts;
    private final MutableClock clock;
    private final String address = Client.freshEmail();

    SignInThrottleTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        throttle = context.getBean(SignInThrottle.class);
        attempts = context.getBean(SignInAttempts.class);
        clock = context.getBean(MutableClock.class);
    }

    @Test
    void countsNothingThatCameToNothing() {
        CallerAddress caller = newcomer();
        for (int i = 0; i < 100; i++) {
            throttle.undo(throttle.admit(address, caller));
        }
        fail(5, caller);
        assertThat(wait(address, caller)).isPositive();
    }

    @Test
    void takesNothingFromAnOfficeWhosePeopleSignIn() {
        CallerAddress office = newcomer();
        for (int i = 0; i < 60; i++) {
            throttle.succeeded(throttle.admit(i + address, office));
        }
        assertThat(wait("one more" + address, office)).isZero();
    }

    @Test
    void keepsAReserveForFiveFailuresAndNoneForWhoFailsAgain() {
        spend();
        CallerAddress guesser = newcomer();
        fail(5, guesser);
        clock.advance(Duration.ofSeconds(1));
        assertThat(wait(address, guesser)).isEqualTo(Duration.ofSeconds(29));
    }

    @Test
    void countsNoFailureThatIsAnHourOld() {
        CallerAddress guesser = newcomer();
        fail(5, guesser);
        clock.advance(Duration.ofMinutes(60).minusSeconds(1));
        spend();
        assertThat(wait(address, guesser)).isEqualTo(HALF_A_MINUTE);
        clock.advance(Duration.ofSeconds(1));
        assertThat(wait(address, guesser)).isZero();
    }

    @Test
    void asksToWaitOnlyForWhatComesFirst() {
        spend();
        CallerAddress last = newcomer();
        fail(1, last);
        clock.advance(Duration.ofSeconds(10));
        for (int i = 0; i < 5; i++) {
            fail(2, newcomer());
        }
        assertThat(wait(address, last)).as("the address, before its reserve").isEqualTo(Duration.ofSeconds(20));
        clock.advance(Duration.ofSeconds(20));
        fail(1, newcomer());
        clock.advance(Duration.ofSeconds(5));
        assertThat(wait(address, last)).as("the reserve, before the address").isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void forgetsWhoFailedAtAnAddressAndAtNoOther() {
        CallerAddress guesser = newcomer();
        String other = Client.freshEmail();
        for (int i = 0; i < 5; i++) {
            throttle.admit(other, guesser);
        }
        spend();
        fail(5, guesser);

        forget();

        fail(5, guesser);
        assertThat(wait(other, guesser)).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(wait(address, guesser))
                .as("what anybody may take, as the reserves are for others")
                .isZero();
    }

    @Test
    void forgetsWhatWasTakenFromEachReserve() {
        spend();
        spendReserves();
        assertThat(wait(address, newcomer())).isEqualTo(HALF_A_MINUTE);

        forget();

        spend();
        spendReserves();
    }

    @Test
    void notesNothingOfWhoProvesAMailboxAtWhichNobodyFailed() {
        CallerAddress home = newcomer();
        throttle.proved(address, home);
        String pair = throttle.admit(address, home).pair();
        assertThat(attempts.findById(pair).map(SignInAttempts.Row::succeededAt)).isEmpty();
    }

    @Test
    void knowsACallerForNinetyDaysAfterTheLastAttempt() {
        attempts.removeBefore(clock.instant().plusSeconds(1), Integer.MAX_VALUE);
        throttle.succeeded(throttle.admit(address, newcomer()));
        clock.advance(Duration.ofDays(90));
        assertThat(attempts.removeOld(clock.instant(), 10)).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(attempts.removeOld(clock.instant(), 10)).isOne();
    }

    /** All that anybody may take. */
    private void spend() {
        for (int i = 0; i < 20; i++) {
            fail(1, newcomer());
        }
    }

    /** All that is there for 50 who have not failed yet, and for 5 of each number of failures. */
    private void spendReserves() {
        for (int i = 0; i < 50; i++) {
            fail(i < 5 ? 5 : 1, newcomer());
        }
    }

    private void fail(int times, CallerAddress caller) {
        for (int i = 0; i < times; i++) {
            assertThat(wait(address, caller)).isZero();
        }
    }

    private Duration wait(String address, CallerAddress caller) {
        return throttle.admit(address, caller).pause();
    }

    private void forget() {
        context.getBean(new GenericArgument<TransactionOperations<Connection>>() {})
                .executeWrite(status -> {
                    context.getBean(SignInService.class)
                            .forget(EmailAddress.parse(address).orElseThrow());
                    return true;
                });
    }

    private static CallerAddress newcomer() {
        int number = CALLERS.incrementAndGet();
        return new CallerAddress("198.18." + number / 256 + "." + number % 256);
    }
}
