package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
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
        LinkCleaning cleaning = context.getBean(LinkCleaning.class);
        MutableClock clock = context.getBean(MutableClock.class);
        Account somebody = People.somebody(context);
        String token = Links.fresh(context, somebody);

        assertThat(cleaning.clean()).isZero();
        assertThat(inspector.inspect(token, LinkPurpose.EDIT_PROFILE)).isInstanceOf(Inspection.Open.class);

        clock.advance(Duration.ofMinutes(16));
        assertThat(cleaning.clean()).isEqualTo(1);
        assertThat(((Inspection.Refused) inspector.inspect(token, LinkPurpose.EDIT_PROFILE)).issued())
                .isTrue();

        // Stories go by whole hours.
        clock.advance(LinkCleaning.STORIES_KEPT.plusHours(1));
        assertThat(cleaning.clean()).isEqualTo(1);
        Inspection.Refused forgotten = (Inspection.Refused) inspector.inspect(token, LinkPurpose.EDIT_PROFILE);
        assertThat(forgotten.reason()).isEqualTo(LinkRefusal.EXPIRED);
        assertThat(forgotten.issued()).isFalse();
    }
}
