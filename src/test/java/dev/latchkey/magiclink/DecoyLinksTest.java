package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.database.Cleaning;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class DecoyLinksTest {
    private final ApplicationContext context;
    private final LinkRequestService service;
    private final LinkInspector inspector;
    private final LinkClaims claims;

    DecoyLinksTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        service = context.getBean(LinkRequestService.class);
        inspector = context.getBean(LinkInspector.class);
        claims = context.getBean(LinkClaims.class);
    }

    @Test
    void askingForNobodyWritesAsMuchAsAskingForSomebodyAndOpensNothing() {
        UUID requestId = ((LinkOutcome.Accepted)
                        service.requestConcealed(new Subject.ByEmail(fresh()), new Caller("key", null, null)))
                .requestId();
        assertThat(decoys(requestId)).isOne();
        assertThat(Sql.count(context, "SELECT count(*) FROM link_requests WHERE id = '" + requestId + "'"))
                .isOne();
    }

    @Test
    void isUsedUpLikeALinkByOneWhoFollowsIt() {
        String token =
                service.registrationToken(service.pretendRegistration(Caller.sessionKeyApi(CallerAddress.UNKNOWN)));
        assertThat(inspector.isDecoy(token, LinkPurpose.CONFIRM_REGISTRATION)).isTrue();
        assertThat(claims.claimDecoy(token, LinkPurpose.EDIT_PROFILE)).isFalse();
        assertThat(claims.claimDecoy(token, LinkPurpose.CONFIRM_REGISTRATION)).isTrue();
        assertThat(claims.claimDecoy(token, LinkPurpose.CONFIRM_REGISTRATION)).isFalse();
        assertThat(inspector.isDecoy(token, LinkPurpose.CONFIRM_REGISTRATION)).isFalse();
        assertThat(inspector.inspect(token, LinkPurpose.CONFIRM_REGISTRATION)).isInstanceOf(Inspection.Refused.class);
    }

    @Test
    void endsLikeALinkAndIsSweptThen() {
        LinkOutcome.Accepted accepted = service.pretendRegistration(Caller.sessionKeyApi(CallerAddress.UNKNOWN));
        String token = service.registrationToken(accepted);
        context.getBean(MutableClock.class).advance(Duration.ofMinutes(15));
        assertThat(claims.claimDecoy(token, LinkPurpose.CONFIRM_REGISTRATION)).isFalse();
        context.getBean(Cleaning.class).clean();
        assertThat(decoys(accepted.requestId())).isZero();
    }

    private long decoys(UUID requestId) {
        return Sql.count(
                context,
                "SELECT count(*) FROM magic_links WHERE account_id IS NULL AND request_id = '" + requestId + "'");
    }

    private static EmailAddress fresh() {
        return EmailAddress.parse(UUID.randomUUID() + "@decoys.example").orElseThrow();
    }
}
