package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who pays for what is refused. */
class LinkLimiterCostsTest {
    private final ApplicationContext context = Contexts.shared(
            Database.SQLITE,
            Map.of("test.clock", true, "latchkey.action-key-links-per-hour", 4, "latchkey.mcp-links-per-hour", 5));
    private final LinkRequestService service = context.getBean(LinkRequestService.class);
    private final Account flooded = People.somebody(context);

    LinkLimiterCostsTest() {
        // What earlier tests have used up is there again.
        context.getBean(MutableClock.class).advance(Duration.ofHours(2));
    }

    @Test
    void whatAnAccountIsRefusedCostsAKeyNothing() {
        Caller key = new Caller("key of this test", null, null);
        ask(flooded, key);
        for (int i = 0; i < 4; i++) {
            assertThat(isByCaller(ask(flooded, key))).isFalse();
        }

        assertThat(ask(People.somebody(context), key)).isInstanceOf(LinkOutcome.Accepted.class);
        assertThat(ask(People.somebody(context), key)).isInstanceOf(LinkOutcome.Accepted.class);
        assertThat(isByCaller(ask(People.somebody(context), key))).isTrue();
    }

    @Test
    void whoeverComesWithoutAKeyPaysForWhatAnAccountIsRefused() {
        Caller stranger = Caller.mcp(new CallerAddress("192.0.2.1"));
        ask(flooded, stranger);
        for (int i = 0; i < 4; i++) {
            assertThat(isByCaller(ask(flooded, stranger))).isFalse();
        }

        assertThat(isByCaller(ask(People.somebody(context), stranger))).isTrue();
    }

    private InitOutcome ask(Account account, Caller caller) {
        return service.request(new Subject.ByEmail(account.email()), caller);
    }

    private static boolean isByCaller(InitOutcome outcome) {
        return ((LinkOutcome.LimitReached) outcome).byCaller();
    }
}
