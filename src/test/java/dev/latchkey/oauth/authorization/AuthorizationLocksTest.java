package dev.latchkey.oauth.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome.Accepted;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.oauth.authorization.AuthorizationSignIns.Guess;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.OtherSide;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AuthorizationLocksTest {
    private final ApplicationContext context = Contexts.shared(Database.POSTGRESQL, Map.of("test.clock", true));
    private final AuthorizationSignIns signIns = context.getBean(AuthorizationSignIns.class);

    @Test
    void theLastWrongCodeEndsNothingWhileSomethingElseIsDoneToTheAccount() throws Exception {
        Account somebody = People.somebody(context);
        Caller caller = Caller.page(new CallerAddress("192.0.2.9"));
        Accepted asked =
                (Accepted) signIns.mail(new Subject.ByEmail(somebody.email()), caller, "client.example.com", "q");
        for (int left = 4; left > 0; left--) {
            assertThat(signIns.guess(asked.requestId(), "q", "wrong")).isEqualTo(new Guess.Wrong(left));
        }

        Future<Guess> last;
        try (OtherSide other = new OtherSide(context)) {
            other.run("SELECT pin FROM accounts WHERE id = '" + somebody.id() + "' FOR UPDATE");
            last = other.whenItWaits(() -> signIns.guess(asked.requestId(), "q", "wrong"));
            assertThat(last).isNotDone();
        }
        assertThat(last.get()).isEqualTo(new Guess.Ended());
    }
}
