package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkMetricsTest {
    private final ApplicationContext context = Contexts.shared(Database.SQLITE, Map.of("test.clock", true));
    private final Account somebody = People.somebody(context);

    @Test
    void countsWhatIsAcceptedAndWhatIsOverALimit() {
        double requested = count("requested");
        double limited = count("limited");
        ask();
        assertThat(count("requested")).isEqualTo(requested + 1);
        assertThat(count("limited")).isEqualTo(limited);
        ask();
        assertThat(count("requested")).isEqualTo(requested + 1);
        assertThat(count("limited")).isEqualTo(limited + 1);
    }

    @Test
    void countsTokensThatOpenNothingByReason() {
        double unknown = refused("unknown");
        double expired = refused("expired");
        String token = Links.fresh(context, somebody);
        inspect(token);
        assertThat(refused("expired")).isEqualTo(expired);
        context.getBean(MutableClock.class).advance(Duration.ofMinutes(15));
        inspect(token);
        inspect("no token");
        assertThat(refused("expired")).isEqualTo(expired + 1);
        assertThat(refused("unknown")).isEqualTo(unknown + 1);
    }

    private void ask() {
        Caller caller = new Caller("metrics", null, null);
        context.getBean(LinkRequestService.class).request(new Subject.ByEmail(somebody.email()), caller);
    }

    private void inspect(String token) {
        context.getBean(LinkInspector.class).inspect(token, LinkPurpose.EDIT_PROFILE);
    }

    private double refused(String reason) {
        return count("refused", "reason", reason);
    }

    private double count(String name, String... tags) {
        return context.getBean(MeterRegistry.class)
                .counter("latchkey.links." + name, tags)
                .count();
    }
}
