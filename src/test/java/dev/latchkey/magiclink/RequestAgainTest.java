package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Undeliverable;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.config.ServerSecret;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome.Accepted;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome.LimitReached;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who holds a link, whatever became of it, may ask for a fresh one. */
class RequestAgainTest {
    private static final CallerAddress HERE = new CallerAddress("192.0.2.81");

    private final ApplicationContext context = Contexts.shared(Database.SQLITE, Map.of("test.clock", true));
    private final LinkRequestService service = context.getBean(LinkRequestService.class);
    private final MutableClock clock = context.getBean(MutableClock.class);
    private final Account somebody = People.somebody(context);

    @Test
    void mailsAFreshLinkToTheAccountOfOneThatRanOut() {
        String old = Links.fresh(context, somebody);
        clock.advance(Duration.ofMinutes(15));
        Accepted accepted = (Accepted) again(old).orElseThrow();
        Inspection.Open open = (Inspection.Open) inspect(Links.arrived(context, accepted.requestId()));
        assertThat(open.accountId()).isEqualTo(somebody.id());
        assertThat(open.provenance()).isEqualTo(new Provenance(Caller.Door.PAGE, null, accepted.matchPhrase()));
        assertThat(again(old)).contains(new LimitReached(Duration.ofMinutes(1), false));
    }

    @Test
    void writesItInTheNameOfTheAccountHoweverItWasAskedForAtFirst() {
        String old = Links.fresh(context, somebody);
        clock.advance(Duration.ofMinutes(1));
        Accepted accepted = (Accepted) again(old).orElseThrow();
        // What is stored must keep on meaning the same: limits and the forgetting of an account look for it.
        String expected =
                context.getBean(ServerSecret.class).mac("subject-digest").of("account:" + somebody.id());
        assertThat(text("SELECT subject_digest FROM link_requests WHERE id = '", accepted))
                .isEqualTo(expected);
    }

    @Test
    void mailsNothingWhereTheAccountIsBlocked() {
        String old = Links.fresh(context, somebody);
        Sql.run(context, "UPDATE accounts SET status = 'BLOCKED' WHERE id = '" + somebody.id() + "'");
        clock.advance(Duration.ofMinutes(1));
        assertThat(again(old)).isEmpty();
    }

    @Test
    void mailsNothingForATokenThatWasNeverIssued() {
        String never = context.getBean(LinkTokens.class)
                .mint(context.getBean(LinkTokens.class).newLinkId(clock.instant()), LinkPurpose.EDIT_PROFILE);
        assertThat(again(never)).isEmpty();
    }

    @Test
    void ofADecoyCountsForTheNameThatItWasAskedForUnder() {
        EmailAddress nobody =
                EmailAddress.parse(UUID.randomUUID() + "@again.example").orElseThrow();
        Accepted decoy = (Accepted)
                service.requestConcealed(new Subject.ByEmail(nobody), new Caller(nobody.value(), null, null));
        String token = context.getBean(LinkTokens.class).mint(decoy.linkId(), LinkPurpose.EDIT_PROFILE);
        assertThat(again(token)).contains(new LimitReached(Duration.ofMinutes(1), false));
        clock.advance(Duration.ofMinutes(1));
        Accepted another = (Accepted) again(token).orElseThrow();
        assertThat(text("SELECT count(account_id) FROM magic_links WHERE request_id = '", another))
                .isEqualTo("0");
        assertThat(again(token)).contains(new LimitReached(Duration.ofMinutes(1), false));
    }

    @Test
    void triesTheMailboxAnewForWhoProvesIt() {
        assertThat(mailed(againToConfirm())).isEqualTo(LinkMail.CONFIRM);
        mailComesBack();
        assertThat(mailed(againToConfirm())).isEqualTo(LinkMail.TRIAL);
    }

    @Test
    void triesNoMailboxAnewForWhoOnlyEditsAProfile() {
        String old = Links.fresh(context, somebody);
        mailComesBack();
        clock.advance(Duration.ofMinutes(1));
        assertThat(mailed((Accepted) again(old).orElseThrow())).isEqualTo(LinkMail.EDIT);
    }

    private Accepted againToConfirm() {
        clock.advance(Duration.ofMinutes(1));
        Accepted first =
                (Accepted) service.confirm(somebody, LinkPurpose.CONFIRM_EMAIL, Caller.page(HERE), UnknownUser.REPORT);
        String token = context.getBean(LinkTokens.class).mint(first.linkId(), LinkPurpose.CONFIRM_EMAIL);
        clock.advance(Duration.ofMinutes(1));
        return (Accepted)
                service.requestAgain(token, LinkPurpose.CONFIRM_EMAIL, HERE).orElseThrow();
    }

    private void mailComesBack() {
        Instant now = clock.instant();
        context.getBean(Accounts.class).markUndeliverable(somebody.id(), Undeliverable.BOUNCE, now, now);
    }

    private Optional<LinkOutcome> again(String token) {
        return service.requestAgain(token, LinkPurpose.EDIT_PROFILE, HERE);
    }

    private Inspection inspect(String token) {
        return context.getBean(LinkInspector.class).inspect(token, LinkPurpose.EDIT_PROFILE);
    }

    private String mailed(Accepted accepted) {
        return text("SELECT kind FROM outbox WHERE about_id = '", accepted);
    }

    private String text(String query, Accepted accepted) {
        return Sql.text(context, query + accepted.requestId() + "'");
    }
}
