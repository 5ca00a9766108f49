package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.database.ClockWatch;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What ran out is over for good, whatever a clock says afterwards. */
class RanOutLinksTest {
    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration DAYS = Duration.ofDays(2);
    private static final Map<String, Object> SETTINGS = Map.of(
            "test.clock",
            true,
            "latchkey.secret",
            "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
            "latchkey.links-per-minute",
            602);

    @Test
    void isWrittenDownBeforeTheProgramEnds() {
        Map<String, Object> database = new HashMap<>(Database.SQLITE.withTables());
        String unseen;
        String seen;
        try (ApplicationContext context = Contexts.start(database, SETTINGS)) {
            Account somebody = People.somebody(context);
            unseen = Links.fresh(context, somebody);
            // Only what was sent is deleted by its age.
            seen = Links.onItsWay(context, somebody);
            context.getBean(MutableClock.class).advance(DAYS);
            beSteady(context);
            assertThat(look(context, seen)).isInstanceOf(Inspection.Refused.class);
        }
        // Its clock is where the first one's began.
        try (ApplicationContext context = Contexts.start(database, SETTINGS)) {
            assertThat(look(context, seen)).isInstanceOf(Inspection.Refused.class);
            assertThat(look(context, unseen)).isInstanceOf(Inspection.Refused.class);
        }
    }

    @Test
    void isRemovedInOneRoundHoweverMuchItIs() {
        ApplicationContext context = Contexts.shared(Database.SQLITE, SETTINGS);
        Links.fresh(context, People.somebody(context));
        int more = context.getBean(MagicLinks.class).step() + 1;
        Sql.run(
                context,
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + more + ")"
                        + " INSERT INTO magic_links (id, request_id, purpose, created_at, expires_at, unsent_until)"
                        + " SELECT 'link' || i, request_id, purpose, created_at, expires_at, unsent_until"
                        + " FROM n, magic_links");
        context.getBean(MutableClock.class).advance(DAYS);
        beSteady(context);

        context.getBean(RanOutLinks.class).removeRegularly();

        assertThat(Sql.count(context, "SELECT count(*) FROM magic_links")).isZero();
    }

    @Test
    void isRememberedOfTenThousandLinksAndNoMore() {
        ApplicationContext context = Contexts.shared(Database.SQLITE, SETTINGS);
        MutableClock clock = context.getBean(MutableClock.class);
        // Not the program's own, which forgets each second what it has written down.
        RanOutLinks ranOut = new RanOutLinks(
                context.getBean(MagicLinks.class),
                context.getBean(LinkRequests.class),
                transactions(context),
                context.getBean(ClockWatch.class),
                clock);
        Instant end = clock.instant().plusSeconds(1);
        clock.advance(DAYS);
        for (int i = 0; i <= MOST_REMEMBERED; i++) {
            assertThat(ranOut.contain("link" + i, end)).isTrue();
        }
        clock.advance(DAYS.negated());
        assertThat(ranOut.contain("link" + (MOST_REMEMBERED - 1), end)).isTrue();
        assertThat(ranOut.contain("link" + MOST_REMEMBERED, end)).isFalse();
    }

    /** The clock stands still for a minute, which is steady enough. */
    private static void beSteady(ApplicationContext context) {
        for (int second = 0; second <= 60; second++) {
            context.getBean(ClockWatch.class).look();
        }
    }

    private static Inspection look(ApplicationContext context, String token) {
        return context.getBean(LinkInspector.class).inspect(token, LinkPurpose.EDIT_PROFILE);
    }

    @SuppressWarnings("unchecked") // There is one data source, and it gives JDBC connections.
    private static TransactionOperations<Connection> transactions(ApplicationContext context) {
        return context.getBean(TransactionOperations.class);
    }
}
