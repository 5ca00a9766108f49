package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkClaimsTest {
    private final ApplicationContext context = Contexts.shared(Database.SQLITE, Map.of("test.clock", true));
    private final LinkClaims claims = context.getBean(LinkClaims.class);
    private final LinkRequestService service = context.getBean(LinkRequestService.class);
    private final OneTransaction transaction = context.getBean(OneTransaction.class);
    private final MutableClock clock = context.getBean(MutableClock.class);
    private final Account somebody = People.somebody(context);

    @Test
    void aLinkIsOpenUntilItRunsOut() {
        Inspection.Open link = look(Links.fresh(context, somebody));
        clock.advance(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(isOpen(link)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(isOpen(link)).isFalse();
    }

    @Test
    void aLinkIsOpenUntilItIsUsed() {
        Inspection.Open link = look(Links.fresh(context, somebody));
        use(link, clock.instant());
        assertThat(isOpen(link)).isFalse();
    }

    @Test
    void whoUsedALinkKnowsItByTheMoment() {
        Inspection.Open link = look(Links.fresh(context, somebody));
        Instant at = clock.instant();
        assertThat(claims.endedAt(link, at)).isFalse();

        use(link, at);

        assertThat(claims.endedAt(link, at)).isTrue();
        assertThat(claims.endedAt(link, at.plusMillis(1)))
                .as("whoever claimed it then, it was somebody else")
                .isFalse();
    }

    @Test
    void aLinkThatWasWithdrawnAtThatMomentWasNotUsedThen() {
        Inspection.Open link = look(Links.fresh(context, somebody));
        transaction.run(() -> claims.revokeAll(somebody.id()));

        assertThat(claims.endedAt(link, clock.instant())).isFalse();
    }

    @Test
    void theLinksOfOnePurposeAreWithdrawnAlone() {
        String edit = Links.fresh(context, somebody);
        clock.advance(Duration.ofMinutes(1));
        LinkOutcome.Accepted confirmation = (LinkOutcome.Accepted)
                service.confirm(somebody, LinkPurpose.CONFIRM_REGISTRATION, anybody(), UnknownUser.REPORT);
        String confirm = service.registrationToken(confirmation);

        transaction.run(() -> claims.revokeAll(somebody.id(), LinkPurpose.EDIT_PROFILE));

        LinkInspector inspector = context.getBean(LinkInspector.class);
        assertThat(((Inspection.Refused) inspector.inspect(edit, LinkPurpose.EDIT_PROFILE)).reason())
                .isEqualTo(Inspection.Reason.REVOKED);
        assertThat(inspector.inspect(confirm, LinkPurpose.CONFIRM_REGISTRATION)).isInstanceOf(Inspection.Open.class);
    }

    @Test
    void anAddressThatIsNobodysAnyMoreIsTakenOutOfWhatWasAskedInItsName() {
        EmailAddress gone =
                EmailAddress.parse("gone" + somebody.pin() + "@example.org").orElseThrow();
        EmailAddress other =
                EmailAddress.parse("other" + somebody.pin() + "@example.org").orElseThrow();
        for (EmailAddress address : List.of(gone, other)) {
            service.requestConcealed(
                    new Subject.ByEmail(address),
                    new Caller("key", "user of " + address.value(), "chat of " + address.value()));
        }

        transaction.run(() -> claims.forget(gone));

        assertThat(askedInTheChatOf(gone)).isZero();
        assertThat(askedInTheChatOf(other)).isOne();
        assertThat(service.requestConcealed(new Subject.ByEmail(gone), anybody()))
                .as("whoever has the address next has asked for nothing yet")
                .isInstanceOf(LinkOutcome.Accepted.class);
        assertThat(service.requestConcealed(new Subject.ByEmail(other), anybody()))
                .isInstanceOf(LinkOutcome.LimitReached.class);
    }

    private boolean isOpen(Inspection.Open link) {
        return transaction.get(() -> claims.isOpen(link));
    }

    private void use(Inspection.Open link, Instant at) {
        transaction.run(() -> {
            assertThat(claims.claim(link)).isTrue();
            claims.finish(link, LinkPurpose.EDIT_PROFILE, List.of("bio"), at);
        });
    }

    private Inspection.Open look(String token) {
        return (Inspection.Open) context.getBean(LinkInspector.class).inspect(token, LinkPurpose.EDIT_PROFILE);
    }

    private long askedInTheChatOf(EmailAddress address) {
        return Sql.count(
                context,
                "SELECT count(*) FROM link_requests WHERE caller_user = 'user of " + address.value()
                        + "' AND caller_conversation = 'chat of " + address.value() + "'");
    }

    private static Caller anybody() {
        return Caller.page(CallerAddress.UNKNOWN);
    }
}
