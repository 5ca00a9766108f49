package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.config.LinkSettings;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LinkInspectorTest {
    private static final LinkPurpose PURPOSE = LinkPurpose.EDIT_PROFILE;

    private final ApplicationContext context = Contexts.shared(Database.SQLITE, Map.of("test.clock", true));
    private final LinkInspector inspector = context.getBean(LinkInspector.class);
    private final LinkRequestService service = context.getBean(LinkRequestService.class);
    private final Account somebody = People.somebody(context);

    @Test
    void aTokenThatWasNeverIssuedIsUnknown() {
        assertThat(inspector.inspect("never issued by anybody", PURPOSE)).isEqualTo(Inspection.Refused.unknown());
    }

    @Test
    void aTokenLeadsToItsRequestAndOwnerEvenWhenItIsWithdrawn() {
        LinkOutcome.Accepted asked = ask();
        String token = Links.arrived(context, asked.requestId());
        context.getBean(OneTransaction.class)
                .run(() -> context.getBean(LinkClaims.class).revokeAll(somebody.id()));

        assertThat(inspector.requestOf(token, PURPOSE)).hasValue(asked.requestId());
        assertThat(inspector.ownerOf(token, PURPOSE)).hasValue(somebody.id());
        assertThat(inspector.requestOf(token, LinkPurpose.SIGN_IN))
                .as("for another purpose it is no token")
                .isEmpty();
        assertThat(inspector.ownerOf(token, LinkPurpose.SIGN_IN)).isEmpty();
    }

    @Test
    void aRequestLeadsToItsLinkOnlyWhereItIsAskedAboutForItsPurpose() {
        LinkOutcome.Accepted asked = ask();

        assertThat(inspector.linkOf(asked.requestId(), PURPOSE)).hasValue(asked.linkId());
        assertThat(inspector.linkOf(asked.requestId(), LinkPurpose.AUTHORIZE)).isEmpty();
        assertThat(inspector.linkOf(UUID.randomUUID(), PURPOSE)).isEmpty();
    }

    @Test
    void anOpenLinkShowsTheTwoWordsOfItsRequest() {
        LinkOutcome.Accepted asked = ask();
        String token = Links.arrived(context, asked.requestId());
        assertThat(((Inspection.Open) inspector.inspect(token, PURPOSE)).matchPhrase())
                .isEqualTo(asked.matchPhrase());
    }

    @Test
    void theLinkOfSomebodyIsNoDecoy() {
        LinkOutcome.Accepted real = (LinkOutcome.Accepted)
                service.confirm(somebody, LinkPurpose.CONFIRM_REGISTRATION, anybody(), UnknownUser.REPORT);
        assertThat(inspector.isDecoy(service.registrationToken(real), LinkPurpose.CONFIRM_REGISTRATION))
                .isFalse();
    }

    @Test
    void aDecoyLooksOpenAsLongAsALinkWould() {
        String decoy = service.registrationToken(service.pretendRegistration(anybody()));
        MutableClock clock = context.getBean(MutableClock.class);
        clock.advance(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(inspector.isDecoy(decoy, LinkPurpose.CONFIRM_REGISTRATION)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(inspector.isDecoy(decoy, LinkPurpose.CONFIRM_REGISTRATION)).isFalse();
    }

    @Test
    void whoeverWatchesSeesWhyTokensOpenNothing() {
        double before = refused("unknown");
        inspector.inspect(Links.fresh(context, somebody), PURPOSE);
        assertThat(refused("unknown")).isEqualTo(before);
        inspector.inspect("a guess", PURPOSE);
        assertThat(refused("unknown")).isEqualTo(before + 1);
    }

    @Test
    void aLookBelongsToTheTraceOfItsRequest() {
        List<UUID> followed = new ArrayList<>();
        LinkInspector traced = new LinkInspector(
                context.getBean(LinkTokens.class),
                context.getBean(MagicLinks.class),
                context.getBean(LinkRequests.class),
                context.getBean(Accounts.class),
                context.getBean(RanOutLinks.class),
                context.getBean(LinkSettings.class),
                context.getBean(LinkMetrics.class),
                new Traces() {
                    @Override
                    public void follows(UUID request) {
                        followed.add(request);
                    }
                },
                context.getBean(MutableClock.class));
        LinkOutcome.Accepted asked = ask();
        traced.inspect(Links.arrived(context, asked.requestId()), PURPOSE);
        assertThat(followed).containsExactly(asked.requestId());
    }

    private LinkOutcome.Accepted ask() {
        return (LinkOutcome.Accepted) service.request(new Subject.ByEmail(somebody.email()), anybody());
    }

    private double refused(String reason) {
        return context.getBean(MeterRegistry.class)
                .counter("latchkey.links.refused", "reason", reason)
                .count();
    }

    private static Caller anybody() {
        return Caller.page(CallerAddress.UNKNOWN);
    }
}
