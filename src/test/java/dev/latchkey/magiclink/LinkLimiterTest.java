package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who floods starves only themselves. */
@ParameterizedClass
@EnumSource(Database.class)
class LinkLimiterTest {
    private static final Map<String, Object> SETTINGS = Map.of(
            "test.clock", true,
            "latchkey.action-key-links-per-hour", 8,
            "latchkey.caller-links-per-hour", 3,
            "latchkey.mcp-links-per-hour", 5);
    private static final CallerAddress HERE = new CallerAddress("192.0.2.1");
    private static final CallerAddress ELSEWHERE = new CallerAddress("2001:db8:0:0:0:0:0:0/64");

    private final ApplicationContext context;
    private final LinkRequestService service;
    private final MutableClock clock;

    LinkLimiterTest(Database database) {
        context = Contexts.shared(database, SETTINGS);
        service = context.getBean(LinkRequestService.class);
        clock = context.getBean(MutableClock.class);
        // What earlier tests have used up is there again.
        clock.advance(Duration.ofHours(2));
    }

    @Test
    void aFloodOnOneAccountCostsTheKeyNothing() {
        String key = UUID.randomUUID().toString();
        Account flooded = People.somebody(context);
        ask(flooded, new Caller(key, null, null));
        for (int i = 0; i < 50; i++) {
            assertThat(ask(flooded, new Caller(key, "user" + key, null))).isInstanceOf(LinkOutcome.LimitReached.class);
        }

        for (int i = 0; i < 3; i++) {
            assertThat(ask(People.somebody(context), new Caller(key, "other" + key, null)))
                    .isInstanceOf(LinkOutcome.Accepted.class);
        }
    }

    @Test
    void aFloodOfOneCallerLeavesTheKeyToOthers() {
        String key = UUID.randomUUID().toString();
        int accepted = 0;
        for (int i = 0; i < 20; i++) {
            accepted += count(ask(People.somebody(context), new Caller(key, "user" + key, null)));
        }

        assertThat(accepted).isEqualTo(3);
        assertThat(ask(People.somebody(context), new Caller(key, "other" + key, null)))
                .isInstanceOf(LinkOutcome.Accepted.class);
    }

    @Test
    void callersWithoutNamesLeaveAQuarterToThoseWithOne() {
        String key = UUID.randomUUID().toString();
        int nameless = 0;
        for (int i = 0; i < 20; i++) {
            nameless += count(ask(People.somebody(context), new Caller(key, null, null)));
        }
        int named = 0;
        for (int i = 0; i < 20; i++) {
            named += count(ask(People.somebody(context), new Caller(key, null, "chat" + i + key)));
        }

        assertThat(nameless).isEqualTo(6);
        assertThat(named).as("one key never mails more than its budget").isEqualTo(2);
    }

    @Test
    void callersWithoutAKeyLeaveTheLastLinkOfTheHourToTheOwner() {
        Account account = People.somebody(context);
        int accepted = 0;
        for (int i = 0; i < 10; i++) {
            accepted += count(ask(account, Caller.mcp(HERE)));
            clock.advance(Duration.ofSeconds(61));
        }

        assertThat(accepted).isEqualTo(4);
        assertThat(ask(account, new Caller("key" + account.pin(), null, null)))
                .isInstanceOf(LinkOutcome.Accepted.class);
    }

    @Test
    void aCallerWithoutAKeyUsesUpNobodysBudgetButItsOwn() {
        int accepted = 0;
        for (int i = 0; i < 20; i++) {
            accepted += count(ask(People.somebody(context), Caller.mcp(HERE)));
        }

        assertThat(accepted).isEqualTo(5);
        assertThat(ask(People.somebody(context), Caller.mcp(HERE)))
                .as("it refills evenly: one each twelve minutes")
                .isEqualTo(new LinkOutcome.LimitReached(Duration.ofMinutes(12), true));
        assertThat(ask(People.somebody(context), Caller.mcp(ELSEWHERE)))
                .as("somebody else, by the same door")
                .isInstanceOf(LinkOutcome.Accepted.class);
        assertThat(ask(People.somebody(context), Caller.page(HERE)))
                .as("the same address, by another door")
                .isInstanceOf(LinkOutcome.Accepted.class);
        clock.advance(Duration.ofMinutes(12));
        assertThat(ask(People.somebody(context), Caller.mcp(HERE))).isInstanceOf(LinkOutcome.Accepted.class);
    }

    @Test
    void requestsForNobodySpendTheBudgetOfWhoeverMakesThem() {
        List<InitOutcome> nobody = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Subject subject = new Subject.ByEmail(
                    EmailAddress.parse("nobody" + i + "@example.org").orElseThrow());
            nobody.add(service.requestConcealed(subject, Caller.mcp(ELSEWHERE)));
        }

        assertThat(nobody.stream().mapToInt(LinkLimiterTest::count).sum()).isEqualTo(5);
        Account known = People.somebody(context);
        assertThat(service.requestConcealed(new Subject.ByEmail(known.email()), Caller.mcp(ELSEWHERE)))
                .as("whoever used up a budget is told the same about an account as about nobody")
                .isEqualTo(nobody.getLast());
        assertThat(service.requestConcealed(new Subject.ByEmail(known.email()), Caller.mcp(HERE)))
                .isInstanceOf(LinkOutcome.Accepted.class);
    }

    @Test
    void aClockThatWasAheadForAMomentShutsNothing() {
        Account account = People.somebody(context);
        List<Caller> callers =
                List.of(new Caller("early" + account.pin(), "user" + account.pin(), null), Caller.page(HERE));
        clock.advance(Duration.ofHours(26));
        for (Caller caller : callers) {
            for (int i = 0; i < 70; i++) {
                ask(i == 0 ? account : People.somebody(context), caller);
            }
        }
        clock.advance(Duration.ofHours(-26));

        for (Caller caller : callers) {
            assertThat(ask(People.somebody(context), caller)).isInstanceOf(LinkOutcome.Accepted.class);
        }
        assertThat(ask(account, callers.getFirst())).isInstanceOf(LinkOutcome.Accepted.class);
        clock.advance(Duration.ofHours(28));
    }

    @Test
    void aNodeWhoseClockIsBehindRefusesNobodyAtTheFullHour() {
        clock.advance(Duration.between(
                clock.instant(),
                clock.instant()
                        .truncatedTo(ChronoUnit.HOURS)
                        .plus(Duration.ofHours(1).minusSeconds(1))));
        String key = UUID.randomUUID().toString();
        Caller ahead = new Caller(key, "a" + key, null);
        Account account = People.somebody(context);
        ask(People.somebody(context), ahead);
        clock.advance(Duration.ofSeconds(2));
        assertThat(ask(account, ahead)).isInstanceOf(LinkOutcome.Accepted.class);
        clock.advance(Duration.ofSeconds(-2));

        assertThat(ask(People.somebody(context), new Caller(key, "b" + key, null)))
                .isInstanceOf(LinkOutcome.Accepted.class);
        assertThat(ask(account, new Caller(key, "b" + key, null)))
                .as("what the other node wrote in the next hour counts")
                .isEqualTo(new LinkOutcome.LimitReached(Duration.ofSeconds(62), false));
    }

    @Test
    void aLeakedKeyMailsNoMoreThanItsBudgetWhateverItSaysOfItself() {
        String leaked = UUID.randomUUID().toString();
        int accepted = 0;
        for (int i = 0; i < 40; i++) {
            accepted += count(ask(People.somebody(context), new Caller(leaked, "u" + i + leaked, "c" + i + leaked)));
        }

        assertThat(accepted).isEqualTo(8);
        assertThat(ask(People.somebody(context), new Caller("new" + leaked, "u", null)))
                .as("another key has a budget of its own")
                .isInstanceOf(LinkOutcome.Accepted.class);
    }

    @Test
    void whereAccountsAreConcealedTheirTwoNamesDoNotBetrayThatTheyBelongTogether() {
        Account known = People.somebody(context);
        EmailAddress nobody =
                EmailAddress.parse("nobody" + known.pin() + "@example.org").orElseThrow();
        List<List<Subject>> pairs = List.of(
                List.of(new Subject.ByEmail(known.email()), new Subject.ByPin(new Pin(known.pin()))),
                List.of(new Subject.ByEmail(nobody), new Subject.ByPin(new Pin(999_000_000 - known.pin() % 1_000))));
        List<List<String>> answers = new ArrayList<>();
        for (List<Subject> pair : pairs) {
            List<String> told = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Caller caller = new Caller("key" + UUID.randomUUID(), null, null);
                InitOutcome outcome = service.requestConcealed(pair.get(i % 2), caller);
                told.add(
                        String.valueOf(outcome instanceof LinkOutcome.LimitReached limit ? limit : outcome.getClass()));
            }
            answers.add(told);
        }

        assertThat(answers.get(0)).isEqualTo(answers.get(1));
        assertThat(Sql.count(context, "SELECT count(*) FROM magic_links WHERE account_id = '" + known.id() + "'"))
                .as("links, and so mails, of the account")
                .isEqualTo(1);
        assertThat(service.request(new Subject.ByPin(new Pin(known.pin())), new Caller("k", null, null)))
                .as("where there is nothing to conceal, the account's own limit is told")
                .isInstanceOf(LinkOutcome.LimitReached.class);
    }

    private InitOutcome ask(Account account, Caller caller) {
        return service.request(new Subject.ByEmail(account.email()), caller);
    }

    private static int count(InitOutcome outcome) {
        return outcome instanceof LinkOutcome.Accepted ? 1 : 0;
    }
}
