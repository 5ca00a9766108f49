package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.mail.Outbox;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OpenLinksTest {
    private final ApplicationContext context =
            Contexts.shared(Database.SQLITE, Map.of("test.clock", true, "latchkey.links-per-minute", 5));
    private final MutableClock clock = context.getBean(MutableClock.class);
    private final OpenLinks links = context.getBean(OpenLinks.class);
    private final OneTransaction transaction = context.getBean(OneTransaction.class);
    private final Account somebody = People.somebody(context);

    @Test
    void anOwnerEndsOneLinkAndNoOther() {
        UUID first = ask();
        UUID second = ask();
        String token = Links.arrived(context, first);
        String kept = Links.arrived(context, second);

        assertThat(end(somebody, first))
                .hasValueSatisfying(ended -> assertThat(ended.id()).isEqualTo(first));

        assertThat(links.of(somebody.id())).extracting(OpenLinks.OpenLink::id).containsExactly(second);
        assertThat(refusal(token)).isEqualTo(Inspection.Reason.REVOKED);
        assertThat(inspect(kept)).isInstanceOf(Inspection.Open.class);
        assertThat(rows(first)).as("rows that would open something").isZero();
        assertThat(end(somebody, first)).as("once more").isEmpty();
    }

    @Test
    void nobodyEndsTheLinkOfAnybodyElse() {
        UUID request = ask();
        assertThat(end(People.somebody(context), request)).isEmpty();
        assertThat(inspect(Links.arrived(context, request))).isInstanceOf(Inspection.Open.class);
    }

    @Test
    void aLinkThatRunsOutAtThatVeryMomentWasNotEnded() {
        UUID request = ask();
        Links.arrived(context, request);
        Instant end = links.of(somebody.id()).getFirst().endsAt();
        OpenLinks atTheEnd = new OpenLinks(
                context.getBean(LinkRequests.class),
                context.getBean(MagicLinks.class),
                context.getBean(AccountLock.class),
                context.getBean(Outbox.class),
                ticking(end.minusMillis(1)));

        assertThat(transaction.get(() -> atTheEnd.end(somebody.id(), request))).isEmpty();
        assertThat(rows(request)).isOne();
    }

    @Test
    void afterARestoreNoLinkOpensAnythingAndNoneIsMailed() {
        String token = Links.arrived(context, ask());
        UUID waiting = ask();
        UUID other = UUID.randomUUID();
        transaction.run(() -> context.getBean(Outbox.class).add("changed", other.toString()));

        transaction.run(() -> links.restored(clock.instant()));

        assertThat(links.of(somebody.id())).isEmpty();
        assertThat(refusal(token)).isEqualTo(Inspection.Reason.REVOKED);
        assertThat(mails(waiting)).isZero();
        assertThat(mails(other)).as("a mail without a link").isOne();
    }

    private UUID ask() {
        LinkOutcome.Accepted asked = (LinkOutcome.Accepted) context.getBean(LinkRequestService.class)
                .request(new Subject.ByEmail(somebody.email()), Caller.page(CallerAddress.UNKNOWN));
        assertThat(mails(asked.requestId())).isOne();
        clock.advance(Duration.ofSeconds(10));
        return asked.requestId();
    }

    private Optional<OpenLinks.OpenLink> end(Account account, UUID request) {
        return transaction.get(() -> links.end(account.id(), request));
    }

    private Inspection inspect(String token) {
        return context.getBean(LinkInspector.class).inspect(token, LinkPurpose.EDIT_PROFILE);
    }

    private Inspection.Reason refusal(String token) {
        return ((Inspection.Refused) inspect(token)).reason();
    }

    private long rows(UUID request) {
        return Sql.count(context, "SELECT count(*) FROM magic_links WHERE request_id = '" + request + "'");
    }

    private long mails(UUID about) {
        return Sql.count(context, "SELECT count(*) FROM outbox WHERE about_id = '" + about + "'");
    }

    /** A clock that is a millisecond further each time that it is looked at. */
    private static Clock ticking(Instant first) {
        AtomicReference<Instant> next = new AtomicReference<>(first);
        InstantSource source = () -> next.getAndUpdate(now -> now.plusMillis(1));
        return source.withZone(ZoneOffset.UTC);
    }
}
