package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Undeliverable;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome.Accepted;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is asked for in one way or another, and which mail brings it. */
class RequestedLinksTest {
    private static final Caller CALLER = Caller.page(new CallerAddress("192.0.2.82"));

    private final ApplicationContext context = Contexts.shared(Database.SQLITE, Map.of("test.clock", true));
    private final LinkRequestService service = context.getBean(LinkRequestService.class);
    private final MutableClock clock = context.getBean(MutableClock.class);
    private final Account somebody = People.somebody(context);

    @Test
    void aClosedAccountIsAsIfItWereNone() {
        Account closed = People.somebody(context, AccountStatus.CLOSED);
        assertThat(service.request(new Subject.ByEmail(closed.email()), CALLER))
                .isInstanceOf(InitOutcome.UserNotFound.class);
    }

    @Test
    void aLinkThatSignsInIsMailedAsSuchAndOpensNothingElse() {
        LinkOutcome asked = service.requestSignIn(new Subject.ByEmail(somebody.email()), CALLER);
        assertThat(mailed(asked)).isEqualTo(LinkMail.SIGN_IN);
        assertOpens(asked, LinkPurpose.SIGN_IN);
    }

    @Test
    void aLinkOnTheWayToAnAssistantIsKeptWithWhatItAsksForEvenIfItIsNobodys() {
        List<String> kept = new ArrayList<>();
        Accepted known =
                (Accepted) service.requestAuthorization(new Subject.ByEmail(somebody.email()), CALLER, kept::add);
        Accepted decoy = (Accepted) service.requestAuthorization(nobody(), CALLER, kept::add);
        assertThat(kept).containsExactly(known.linkId(), decoy.linkId());
        assertThat(mailed(known)).isEqualTo(LinkMail.AUTHORIZE);
        assertThat(mailed(decoy)).isEqualTo(LinkMail.AUTHORIZE);
        assertOpens(known, LinkPurpose.AUTHORIZE);
    }

    @Test
    void theMailThatTriesAMailboxProvesIt() {
        LinkOutcome asked = service.tryMailbox(somebody, CALLER);
        assertThat(mailed(asked)).isEqualTo(LinkMail.TRIAL);
        assertOpens(asked, LinkPurpose.CONFIRM_EMAIL);
    }

    @Test
    void theMailThatSaysThatThereIsAnAccountEditsIt() {
        LinkOutcome asked = service.tellThatAccountExists(somebody, CALLER);
        assertThat(mailed(asked)).isEqualTo(LinkMail.ACCOUNT_EXISTS);
        assertOpens(asked, LinkPurpose.EDIT_PROFILE);
    }

    @Test
    void whatOneAccountIsToldCountsForNoOther() {
        assertThat(service.tellThatAccountExists(somebody, CALLER)).isInstanceOf(Accepted.class);
        assertThat(service.tellThatAccountExists(somebody, CALLER)).isInstanceOf(LinkOutcome.LimitReached.class);
        assertThat(service.tellThatAccountExists(People.somebody(context), CALLER))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void thatNoMailGoesToAnAddressIsToldOnlyWhereThatIsNoSecret() {
        Instant now = clock.instant();
        Accounts accounts = context.getBean(Accounts.class);
        accounts.markUndeliverable(somebody.id(), Undeliverable.BOUNCE, now, now);
        Account undeliverable = accounts.findById(somebody.id()).orElseThrow();
        assertThat(confirmed(undeliverable, UnknownUser.REPORT).undeliverable()).isTrue();
        clock.advance(Duration.ofMinutes(1));
        assertThat(confirmed(undeliverable, UnknownUser.CONCEAL).undeliverable())
                .isFalse();
    }

    @Test
    void whatIsPretendedCountsForNobody() {
        Accepted one = service.pretendRegistration(CALLER);
        Accepted other = service.pretendRegistration(CALLER);
        assertThat(subjectOf(one)).isNotEqualTo(subjectOf(other));
    }

    private Accepted confirmed(Account account, UnknownUser whenUnknown) {
        return (Accepted) service.confirm(account, LinkPurpose.CONFIRM_EMAIL, CALLER, whenUnknown);
    }

    private void assertOpens(LinkOutcome asked, LinkPurpose purpose) {
        for (LinkPurpose each : LinkPurpose.values()) {
            String token = context.getBean(LinkTokens.class).mint(((Accepted) asked).linkId(), purpose);
            Inspection inspection = context.getBean(LinkInspector.class).inspect(token, each);
            assertThat(inspection instanceof Inspection.Open).as(each.name()).isEqualTo(each == purpose);
        }
        assertThat(Sql.text(context, "SELECT purpose FROM link_requests" + about("id", asked)))
                .isEqualTo(purpose.name());
    }

    private String subjectOf(Accepted asked) {
        return Sql.text(context, "SELECT subject_digest FROM link_requests" + about("id", asked));
    }

    private String mailed(LinkOutcome asked) {
        return Sql.text(context, "SELECT kind FROM outbox" + about("about_id", asked));
    }

    private static String about(String column, LinkOutcome asked) {
        return " WHERE " + column + " = '" + ((Accepted) asked).requestId() + "'";
    }

    private static Subject nobody() {
        return new Subject.ByEmail(
                EmailAddress.parse(UUID.randomUUID() + "@nobody.example").orElseThrow());
    }
}
