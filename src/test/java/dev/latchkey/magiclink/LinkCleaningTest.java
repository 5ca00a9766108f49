package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.database.Cleaning;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class LinkCleaningTest {
    private final ApplicationContext context;

    LinkCleaningTest(Database database) {
        // Of its own: it removes what other tests may still look at.
        context = Contexts.shared(database, Map.of("test.clock", true, "latchkey.links-per-minute", 600));
    }

    @Test
    void keepsWhatStillOpensOrExplainsSomethingAndRemovesTheRest() {
        LinkInspector inspector = context.getBean(LinkInspector.class);
        Cleaning cleaning = context.getBean(Cleaning.class);
        MutableClock clock = context.getBean(MutableClock.class);
        Account somebody = People.somebody(context);
        String token = Links.fresh(context, somebody);

        cleaning.clean();
        assertThat(inspector.inspect(token, LinkPurpose.EDIT_PROFILE)).isInstanceOf(Inspection.Open.class);

        clock.advance(Duration.ofMinutes(16));
        cleaning.clean();
        assertThat(rows("magic_links", somebody)).isZero();
        assertThat(((Inspection.Refused) inspector.inspect(token, LinkPurpose.EDIT_PROFILE)).issued())
                .isTrue();

        // History goes by whole hours.
        clock.advance(LinkRequests.KEPT.plusHours(1));
        cleaning.clean();
        assertThat(rows("link_requests", somebody)).isZero();
        Inspection.Refused forgotten = (Inspection.Refused) inspector.inspect(token, LinkPurpose.EDIT_PROFILE);
        assertThat(forgotten.reason()).isEqualTo(Inspection.Reason.EXPIRED);
        assertThat(forgotten.issued()).isFalse();
    }

    private long rows(String table, Account account) {
        return Sql.count(context, "SELECT count(*) FROM " + table + " WHERE account_id = '" + account.id() + "'");
    }
}
