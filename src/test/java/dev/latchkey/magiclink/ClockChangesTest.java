package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.database.Cleaning;
import dev.latchkey.database.ClockWatch;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The wall clock was wrong, and is put right. */
@ParameterizedClass
@EnumSource(Database.class)
class ClockChangesTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MINUTE = 60;

    private final Map<String, Object> database;
    private final Map<String, Object> settings = Map.of(
            "test.clock",
            true,
            "latchkey.secret",
            "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
            "latchkey.links-per-minute",
            1000,
            "latchkey.links-per-hour",
            1000);
    private ApplicationContext context;
    private final Account somebody;

    ClockChangesTest(Database kind) {
        database = new HashMap<>(kind.withTables());
        context = Contexts.start(database, settings);
        somebody = People.somebody(context);
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @Test
    void aLinkThatSomebodySawDeadStaysDead() {
        String token = Links.fresh(context, somebody);
        clock().advance(HOUR);
        assertThat(look(token)).isEqualTo("EXPIRED");

        clock().advance(HOUR.negated());

        assertThat(look(token)).isEqualTo("EXPIRED");
        assertThat(look(Links.fresh(context, somebody))).isEqualTo("open");
    }

    @Test
    void aLookWritesNothing() {
        String token = Links.fresh(context, somebody);
        RanOutLinks ranOut = context.getBean(RanOutLinks.class);
        clock().advance(HOUR);
        ranOut.write();
        long before = rows();

        look(token);
        assertThat(rows()).isEqualTo(before);

        ranOut.write();
        assertThat(rows()).isEqualTo(before - 1);
    }

    @Test
    void aLinkThatSomebodyTriedToUseIsDeadOnEveryNodeAndAfterAStart() {
        String token = Links.fresh(context, somebody);
        clock().advance(HOUR);
        context.getBean(ProfileEdits.class).save(token, ProfileChange.of(Map.of()));

        // Its clock is where the first one's began.
        try (ApplicationContext other = Contexts.start(database, settings)) {
            assertThat(look(other, token)).isEqualTo("EXPIRED");
        }
    }

    @Test
    void aLinkThatRanOutUnseenStaysDead() {
        String token = Links.fresh(context, somebody);
        clock().advance(HOUR);
        letAMinutePass();

        clock().advance(HOUR.negated());

        assertThat(look(token)).isEqualTo("EXPIRED");
        String fresh = Links.fresh(context, somebody);
        assertThat(look(fresh)).isEqualTo("open");
        assertThat(look(token)).isEqualTo("EXPIRED");
    }

    @Test
    void aClockThatWasAheadForAMomentEndsNothingThatNobodyLookedAt() {
        String token = Links.fresh(context, somebody);
        clock().advance(Duration.ofDays(40));
        context.getBean(ClockWatch.class).look();
        context.getBean(Cleaning.class).cleanRegularly();
        context.getBean(RanOutLinks.class).removeRegularly();

        clock().advance(Duration.ofDays(-40));

        assertThat(look(token)).isEqualTo("open");
    }

    @Test
    void whatIsOldByASteadyClockIsRemoved() {
        Links.fresh(context, somebody);
        clock().advance(Duration.ofDays(40));
        letAMinutePass();

        context.getBean(RanOutLinks.class).removeRegularly();
        assertThat(rows()).isZero();
        context.getBean(Cleaning.class).cleanRegularly();
        assertThat(Sql.count(context, "SELECT count(*) FROM link_requests")).isZero();
    }

    /** The clock stands still meanwhile, which is steady enough. */
    private void letAMinutePass() {
        for (int second = 0; second <= MINUTE; second++) {
            context.getBean(ClockWatch.class).look();
        }
    }

    private long rows() {
        return Sql.count(context, "SELECT count(*) FROM magic_links");
    }

    private String look(String token) {
        return look(context, token);
    }

    private static String look(ApplicationContext context, String token) {
        return switch (context.getBean(LinkInspector.class).inspect(token, LinkPurpose.EDIT_PROFILE)) {
            case Inspection.Open open -> "open";
            case Inspection.Refused refused -> refused.reason().name();
        };
    }

    private MutableClock clock() {
        return context.getBean(MutableClock.class);
    }
}
