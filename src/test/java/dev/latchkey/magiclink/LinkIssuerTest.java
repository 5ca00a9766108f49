package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Undeliverable;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LinkIssuerTest {
    private static final Caller ANYBODY = Caller.page(CallerAddress.UNKNOWN);

    private final ApplicationContext context =
            Contexts.shared(Database.SQLITE, Map.of("test.clock", true, "test.watched", true));
    private final LinkRequestService service = context.getBean(LinkRequestService.class);
    private final Accounts accounts = context.getBean(Accounts.class);
    private final MutableClock clock = context.getBean(MutableClock.class);
    private final WatchedLinks watched = context.getBean(WatchedLinks.class);
    private final Account somebody = People.somebody(context);
    private final Subject byEmail = new Subject.ByEmail(somebody.email());
    private final Subject nobody = new Subject.ByEmail(
            EmailAddress.parse("nobody" + somebody.pin() + "@example.org").orElseThrow());
    private final List<String> along = new ArrayList<>();

    @Test
    void whoMayKnowIsToldWhereNoMailArrives() {
        assertThat(accepted(service.request(byEmail, ANYBODY)).undeliverable()).isFalse();
        nothingArrives();
        assertThat(accepted(service.request(byEmail, ANYBODY)).undeliverable()).isTrue();
    }

    @Test
    void whereAccountsAreConcealedNobodyIsToldWhereNoMailArrives() {
        nothingArrives();
        assertThat(accepted(service.requestConcealed(byEmail, ANYBODY)).undeliverable())
                .isFalse();
        assertThat(accepted(service.requestConcealed(nobody, ANYBODY)).undeliverable())
                .isFalse();
    }

    @Test
    void whatBelongsToALinkIsWrittenWithIt() {
        LinkOutcome.Accepted asked = accepted(service.requestConcealed(byEmail, ANYBODY, along::add));
        assertThat(along).containsExactly(asked.linkId());
    }

    @Test
    void nothingIsWrittenWithALinkThatIsForNobodyUnlessItIsToLetAnAssistantIn() {
        service.requestConcealed(nobody, ANYBODY, along::add);
        assertThat(along).isEmpty();

        clock.advance(Duration.ofMinutes(1));
        LinkOutcome.Accepted asked = accepted(service.requestAuthorization(nobody, ANYBODY, along::add));
        assertThat(along).containsExactly(asked.linkId());
    }

    @Test
    void anUnconfirmedAccountIsKeptForLongerWhenItsOwnerAsksForALink() {
        Sql.run(context, "UPDATE accounts SET email_verified_at = NULL WHERE id = '" + somebody.id() + "'");
        Instant signedUp = clock.instant();
        accounts.markUnconfirmed(somebody.id(), signedUp);
        clock.advance(Duration.ofDays(1));
        Instant asked = clock.instant();

        service.request(byEmail, ANYBODY);

        assertThat(accounts.countUnconfirmed(somebody.id(), asked)).isZero();
        assertThat(accounts.countUnconfirmed(somebody.id(), asked.plusMillis(1)))
                .isOne();
    }

    @Test
    void aMailLeavesAtOnceWhereThereIsNothingToConceal() {
        watched.pauses.clear();
        service.request(byEmail, ANYBODY);
        assertThat(watched.pauses).containsExactly(Duration.ZERO);
    }

    @Test
    void aMailLeavesAfterTheAnswerWhereAccountsAreConcealed() {
        watched.pauses.clear();
        service.requestConcealed(byEmail, ANYBODY);
        service.requestConcealed(nobody, ANYBODY);
        assertThat(watched.pauses)
                .hasSize(2)
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofMillis(100), Duration.ofMillis(200)));
    }

    @Test
    void whoeverWatchesSeesHowManyLinksWereAskedFor() {
        double before = requested();
        service.request(byEmail, ANYBODY);
        assertThat(requested()).isEqualTo(before + 1);
        assertThat(service.request(byEmail, ANYBODY)).isInstanceOf(LinkOutcome.LimitReached.class);
        assertThat(requested()).isEqualTo(before + 1);
    }

    @Test
    void theTraceOfARequestBeginsWithIt() {
        UUID asked = accepted(service.request(byEmail, ANYBODY)).requestId();
        assertThat(watched.begun).containsOnlyOnce(asked);
    }

    private void nothingArrives() {
        clock.advance(Duration.ofMinutes(1));
        Instant now = clock.instant();
        assertThat(accounts.markUndeliverable(somebody.id(), Undeliverable.BOUNCE, now, now))
                .isOne();
    }

    private static LinkOutcome.Accepted accepted(InitOutcome outcome) {
        return (LinkOutcome.Accepted) outcome;
    }

    private double requested() {
        return context.getBean(MeterRegistry.class)
                .counter("latchkey.links.requested")
                .count();
    }
}
