package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.Account;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.database.DatabaseFailure;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome.Accepted;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.LostCommits;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The connection breaks while a request for a link is written. */
class LostRequestsTest {
    private final ApplicationContext context = Contexts.shared(Database.SQLITE, Map.of("test.lost-commits", true));
    private final LostCommits commits = context.getBean(LostCommits.class);
    private final Account somebody = People.somebody(context);

    @Test
    void whatWasStoredIsAccepted() {
        commits.next(LostCommits.Outcome.STORED);
        Accepted accepted = (Accepted) ask();
        assertThat(context.getBean(LinkStatusService.class).statusOf(accepted.requestId(), UnknownUser.REPORT))
                .isPresent();
    }

    @Test
    void whatWasNotStoredFailsAndMayBeAskedForAtOnce() {
        commits.next(LostCommits.Outcome.UNDONE);
        assertThatThrownBy(this::ask)
                .satisfies(e -> assertThat(DatabaseFailure.isBehind(e)).isTrue());
        assertThat(ask()).isInstanceOf(Accepted.class);
    }

    private InitOutcome ask() {
        Caller caller = new Caller("key", null, null);
        return context.getBean(LinkRequestService.class).request(new Subject.ByEmail(somebody.email()), caller);
    }
}
