package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome.Accepted;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome.LimitReached;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Race;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class LinkRequestServiceTest {
    private static final Caller CALLER = new Caller("key", "user", "conversation");

    private final ApplicationContext context;
    private final LinkRequestService service;
    private final LinkStatusService statuses;
    private final MutableClock clock;

    LinkRequestServiceTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        service = context.getBean(LinkRequestService.class);
        statuses = context.getBean(LinkStatusService.class);
        clock = context.getBean(MutableClock.class);
    }

    @Test
    void acceptsARequestByAddressAndTellsItsState() {
        Account somebody = People.somebody(context);
        Accepted accepted = (Accepted) ask(somebody);
        assertThat(accepted.matchPhrase()).matches("[a-z]+ [a-z]+");
        assertThat(statuses.statusOf(accepted.requestId(), UnknownUser.REPORT))
                .hasValue(new LinkStatusService.LinkStatus(
                        accepted.requestId(),
                        LinkPurpose.EDIT_PROFILE,
                        LinkState.QUEUED,
                        accepted.matchPhrase(),
                        List.of()));
    }

    @Test
    void acceptsARequestByPin() {
        Account somebody = People.somebody(context);
        assertThat(service.request(new Subject.ByPin(new Pin(somebody.pin())), CALLER))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void reportsAnUnknownUserOnlyWhereThatIsNoSecret() {
        Subject nobody =
                new Subject.ByEmail(EmailAddress.parse("nobody@example.org").orElseThrow());
        assertThat(service.request(nobody, CALLER)).isInstanceOf(InitOutcome.UserNotFound.class);
        Accepted decoy = (Accepted) service.requestConcealed(nobody, CALLER);
        assertThat(statuses.statusOf(decoy.requestId(), UnknownUser.REPORT)
                        .orElseThrow()
                        .state())
                .isEqualTo(LinkState.QUEUED);
        assertThat(service.requestConcealed(nobody, CALLER)).isInstanceOf(LimitReached.class);
    }

    @Test
    void reportsABlockedAccountOnlyWhereThatIsNoSecret() {
        Subject blocked = new Subject.ByEmail(
                People.somebody(context, AccountStatus.BLOCKED).email());
        assertThat(service.request(blocked, CALLER)).isInstanceOf(InitOutcome.AccountBlocked.class);
        assertThat(service.requestConcealed(blocked, CALLER)).isInstanceOf(Accepted.class);
    }

    @Test
    @Asvs({"2.3.2", "2.4.1"})
    void allowsOneLinkAMinuteAndFiveAnHour() {
        Account somebody = People.somebody(context);
        for (int i = 0; i < 5; i++) {
            assertThat(ask(somebody)).isInstanceOf(Accepted.class);
            Duration wait = i < 4 ? Duration.ofMinutes(1) : Duration.ofMinutes(56);
            assertThat(ask(somebody)).isEqualTo(new LimitReached(wait, false));
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(ask(somebody)).isEqualTo(new LimitReached(Duration.ofMinutes(55), false));
        clock.advance(Duration.ofMinutes(55));
        assertThat(ask(somebody)).isInstanceOf(Accepted.class);
    }

    @Test
    void limitsOneUserOfAnAssistantAcrossAccounts() {
        Caller busy = new Caller("key", "busy user", null);
        clock.advance(Duration.ofHours(1));
        for (int i = 0; i < 30; i++) {
            assertThat(ask(People.somebody(context), busy)).isInstanceOf(Accepted.class);
        }
        assertThat(ask(People.somebody(context), busy)).isInstanceOf(LimitReached.class);
        assertThat(ask(People.somebody(context), CALLER)).isInstanceOf(Accepted.class);
    }

    @Test
    void keepsWhereARequestCameFromWhoeverItWasFor() {
        Caller assistant = Caller.action("key" + UUID.randomUUID(), "Support Bot", "the user", "the conversation");
        Subject nobody = new Subject.ByEmail(
                EmailAddress.parse(UUID.randomUUID() + "@example.org").orElseThrow());
        Accepted known = (Accepted) ask(People.somebody(context), assistant);
        Accepted decoy = (Accepted) service.requestConcealed(nobody, assistant);
        for (Accepted accepted : List.of(known, decoy)) {
            assertThat(statuses.provenanceOf(accepted.requestId()))
                    .hasValue(new Provenance(Caller.Door.ACTION, "Support Bot", accepted.matchPhrase()));
            assertThat(Sql.count(
                            context,
                            "SELECT count(*) FROM link_requests WHERE caller_user = 'the user'"
                                    + " AND caller_conversation = 'the conversation' AND id = '" + accepted.requestId()
                                    + "'"))
                    .isOne();
        }
        assertThat(statuses.provenanceOf(UUID.randomUUID())).isEmpty();
    }

    @Test
    void tellsWhoHoldsALinkWhereItCameFrom() {
        Accepted accepted = (Accepted) ask(People.somebody(context), Caller.mcp(CallerAddress.UNKNOWN));
        String token = Links.arrived(context, accepted.requestId());
        Inspection.Open open =
                (Inspection.Open) context.getBean(LinkInspector.class).inspect(token, LinkPurpose.EDIT_PROFILE);
        assertThat(open.provenance()).isEqualTo(new Provenance(Caller.Door.MCP, null, accepted.matchPhrase()));
    }

    @Test
    void aRequestThatWasCountedBeforeCostsNoBudgetAndKeepsItsDoor() {
        Caller busy = new Caller("key", "a user who asks a lot", null);
        for (int i = 0; i < 30; i++) {
            assertThat(ask(People.somebody(context), busy)).isInstanceOf(Accepted.class);
        }
        assertThat(ask(People.somebody(context), busy)).isInstanceOf(LimitReached.class);
        Accepted counted = (Accepted) ask(People.somebody(context), busy.countedBefore());
        assertThat(statuses.provenanceOf(counted.requestId()).orElseThrow().door())
                .isEqualTo(Caller.Door.ACTION);
    }

    @Test
    void oneOfManySimultaneousRequestsForOneAccountWins() throws Exception {
        Account somebody = People.somebody(context);
        assertThat(Race.of(16, () -> ask(somebody)))
                .filteredOn(Accepted.class::isInstance)
                .hasSize(1);
    }

    @Test
    void knowsNothingOfARequestThatNeverWas() {
        assertThat(statuses.statusOf(UUID.randomUUID(), UnknownUser.REPORT)).isEmpty();
    }

    private InitOutcome ask(Account somebody) {
        return ask(somebody, CALLER);
    }

    private InitOutcome ask(Account somebody, Caller caller) {
        return service.request(new Subject.ByEmail(somebody.email()), caller);
    }
}
