package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who floods starves only themselves. */
final class LinkLimiterTest {
    private static final Map<String, Object> SETTINGS = Map.of(
            "test.clock", true,
            "latchkey.action-key-links-per-hour", 8,
            "latchkey.caller-links-per-hour", 3,
            "latchkey.mcp-links-per-hour", 5);

    @ParameterizedTest
    @EnumSource
    void aFloodOnOneAccountCostsTheKeyNothing(Database database) {
        ApplicationContext context = Contexts.shared(database, SETTINGS);
        String key = UUID.randomUUID().toString();
        Account flooded = People.somebody(context);
        ask(context, flooded, new Caller(key, null, null));
        for (int i = 0; i < 50; i++) {
            assertThat(ask(context, flooded, new Caller(key, "user" + key, null)))
                    .isInstanceOf(RequestOutcome.LimitReached.class);
        }

        for (int i = 0; i < 3; i++) {
            assertThat(ask(context, People.somebody(context), new Caller(key, "other" + key, null)))
                    .isInstanceOf(RequestOutcome.Accepted.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFloodOfOneCallerLeavesTheKeyToOthers(Database database) {
        ApplicationContext context = Contexts.shared(database, SETTINGS);
        String key = UUID.randomUUID().toString();
        int accepted = 0;
        for (int i = 0; i < 20; i++) {
            accepted += count(ask(context, People.somebody(context), new Caller(key, "user" + key, null)));
        }

        assertThat(accepted).isEqualTo(3);
        assertThat(ask(context, People.somebody(context), new Caller(key, "other" + key, null)))
                .isInstanceOf(RequestOutcome.Accepted.class);
    }

    @ParameterizedTest
    @EnumSource
    void callersWithoutNamesLeaveAQuarterToThoseWithOne(Database database) {
        ApplicationContext context = Contexts.shared(database, SETTINGS);
        String key = UUID.randomUUID().toString();
        int nameless = 0;
        for (int i = 0; i < 20; i++) {
            nameless += count(ask(context, People.somebody(context), new Caller(key, null, null)));
        }
        int named = 0;
        for (int i = 0; i < 20; i++) {
            named += count(ask(context, People.somebody(context), new Caller(key, null, "chat" + i + key)));
        }

        assertThat(nameless).isEqualTo(6);
        assertThat(named).as("one key never mails more than its budget").isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void callersWithoutAKeyLeaveTheLastLinkOfTheHourToTheOwner(Database database) {
        ApplicationContext context = Contexts.shared(database, SETTINGS);
        MutableClock clock = context.getBean(MutableClock.class);
        clock.advance(Duration.ofHours(2));
        Account account = People.somebody(context);
        int accepted = 0;
        for (int i = 0; i < 10; i++) {
            accepted += count(ask(context, account, Caller.MCP));
            clock.advance(Duration.ofSeconds(61));
        }

        assertThat(accepted).isEqualTo(4);
        assertThat(ask(context, account, new Caller("key" + account.pin(), null, null)))
                .isInstanceOf(RequestOutcome.Accepted.class);
        assertThat(ask(context, People.somebody(context), Caller.MCP)).isInstanceOf(RequestOutcome.Accepted.class);
        assertThat(ask(context, People.somebody(context), Caller.MCP))
                .as("all callers without a key share one budget")
                .isInstanceOf(RequestOutcome.LimitReached.class);
        assertThat(ask(context, People.somebody(context), Caller.PAGE)).isInstanceOf(RequestOutcome.Accepted.class);
    }

    @ParameterizedTest
    @EnumSource
    void aLeakedKeyMailsNoMoreThanItsBudgetWhateverItSaysOfItself(Database database) {
        ApplicationContext context = Contexts.shared(database, SETTINGS);
        context.getBean(MutableClock.class).advance(Duration.ofHours(2));
        String leaked = UUID.randomUUID().toString();
        int accepted = 0;
        for (int i = 0; i < 40; i++) {
            accepted += count(
                    ask(context, People.somebody(context), new Caller(leaked, "u" + i + leaked, "c" + i + leaked)));
        }

        assertThat(accepted).isEqualTo(8);
        assertThat(ask(context, People.somebody(context), new Caller("new" + leaked, "u", null)))
                .as("another key has a budget of its own")
                .isInstanceOf(RequestOutcome.Accepted.class);
    }

    @ParameterizedTest
    @EnumSource
    void whereAccountsAreConcealedTheirTwoNamesDoNotBetrayThatTheyBelongTogether(Database database) {
        ApplicationContext context = Contexts.shared(database, SETTINGS);
        LinkRequestService service = context.getBean(LinkRequestService.class);
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
                RequestOutcome outcome = service.request(pair.get(i % 2), caller, UnknownUser.CONCEAL);
                told.add(String.valueOf(
                        outcome instanceof RequestOutcome.LimitReached limit ? limit : outcome.getClass()));
            }
            answers.add(told);
        }

        assertThat(answers.get(0)).isEqualTo(answers.get(1));
        assertThat(Sql.count(context, "SELECT count(*) FROM magic_links WHERE account_id = '" + known.id() + "'"))
                .as("links, and so mails, of the account")
                .isEqualTo(1);
        assertThat(service.request(
                        new Subject.ByPin(new Pin(known.pin())), new Caller("k", null, null), UnknownUser.REPORT))
                .as("where there is nothing to conceal, the account's own limit is told")
                .isInstanceOf(RequestOutcome.LimitReached.class);
    }

    private static RequestOutcome ask(ApplicationContext context, Account account, Caller caller) {
        return context.getBean(LinkRequestService.class)
                .request(new Subject.ByEmail(account.email()), caller, UnknownUser.REPORT);
    }

    private static int count(RequestOutcome outcome) {
        return outcome instanceof RequestOutcome.Accepted ? 1 : 0;
    }
}
