package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the history of requests tells of an account that is gone. */
@ParameterizedClass
@EnumSource(Database.class)
class ForgottenAccountsTest {
    private final ApplicationContext context;

    ForgottenAccountsTest(Database database) {
        context = Contexts.shared(
                database,
                Map.of("test.clock", true, "latchkey.links-per-minute", 1000, "latchkey.links-per-hour", 1000));
    }

    @Test
    void storiesEndAndNameNobody() {
        Account somebody = People.somebody(context);
        Account other = People.somebody(context);
        Links.fresh(context, somebody);
        context.getBean(MutableClock.class).advance(Duration.ofDays(29));
        String token = Links.fresh(context, somebody);
        String foreign = Links.fresh(context, other);
        assertThat(named(somebody)).isEqualTo(2);

        remove(somebody);

        assertThat(named(somebody)).isZero();
        assertThat(named(other)).isOne();
        LinkInspector inspector = context.getBean(LinkInspector.class);
        assertThat(((Inspection.Refused) inspector.inspect(token, LinkPurpose.EDIT_PROFILE)).reason())
                .isEqualTo(Inspection.Reason.REVOKED);
        assertThat(inspector.inspect(foreign, LinkPurpose.EDIT_PROFILE)).isInstanceOf(Inspection.Open.class);
    }

    @Test
    void storiesForgetInWhoseChatTheyBegan() {
        Account somebody = People.somebody(context);
        context.getBean(LinkRequestService.class)
                .request(new Subject.ByEmail(somebody.email()), new Caller("key", "u" + somebody.pin(), "c"));
        String ofTheChat = "SELECT count(*) FROM link_requests WHERE caller_user = 'u" + somebody.pin() + "'";
        assertThat(Sql.count(context, ofTheChat)).isOne();

        remove(somebody);

        assertThat(Sql.count(context, ofTheChat)).isZero();
    }

    @Test
    void whoHasAnOldLinkIsNotToldThatTheAccountIsGone() {
        Account somebody = People.somebody(context);
        String token = Links.fresh(context, somebody);
        remove(somebody);

        assertThat(context.getBean(LinkRequestService.class)
                        .requestAgain(token, LinkPurpose.EDIT_PROFILE, CallerAddress.UNKNOWN))
                .hasValueSatisfying(outcome -> assertThat(outcome).isInstanceOf(LinkOutcome.Accepted.class));
        assertThat(context.getBean(LinkRequestService.class)
                        .request(new Subject.ByEmail(somebody.email()), Caller.page(CallerAddress.UNKNOWN)))
                .isInstanceOf(InitOutcome.UserNotFound.class);
    }

    @SuppressWarnings("unchecked") // There is one, of connections.
    private void remove(Account account) {
        ((TransactionOperations<Connection>) context.getBean(TransactionOperations.class)).executeWrite(status -> {
            LinkClaims links = context.getBean(LinkClaims.class);
            links.forget(account.id(), links.historyOf(account));
            return context.getBean(Accounts.class).remove(account.id());
        });
    }

    private long named(Account account) {
        return Sql.count(context, "SELECT count(*) FROM link_requests WHERE account_id = '" + account.id() + "'");
    }
}
