package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.database.Cleaning;
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
    private final Decoys decoys;

    DecoyLinksTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        service = context.getBean(LinkRequestService.class);
        decoys = context.getBean(Decoys.class);
    }

    @Test
    void askingForNobodyWritesAsMuchAsAskingForSomebodyAndOpensNothing() {
        UUID requestId = ((LinkOutcome.Accepted)
                        service.requestConcealed(new Subject.ByEmail(fresh()), new Caller("key", null, null)))
                .requestId();
        assertThat(rows("decoy_links", requestId)).isOne();
        assertThat(rows("magic_links", requestId)).isZero();
        assertThat(Sql.count(context, "SELECT count(*) FROM link_requests WHERE id = '" + requestId + "'"))
                .isOne();
    }

    @Test
    void isUsedUpLikeALinkByOneWhoFollowsIt() {
        String token = service.registrationToken(service.pretendRegistration());
        assertThat(decoys.opens(token, LinkPurpose.CONFIRM_REGISTRATION)).isTrue();
        assertThat(decoys.claim(token, LinkPurpose.EDIT_PROFILE)).isFalse();
        assertThat(decoys.claim(token, LinkPurpose.CONFIRM_REGISTRATION)).isTrue();
        assertThat(decoys.claim(token, LinkPurpose.CONFIRM_REGISTRATION)).isFalse();
        assertThat(decoys.opens(token, LinkPurpose.CONFIRM_REGISTRATION)).isFalse();
        assertThat(context.getBean(LinkInspector.class).inspect(token, LinkPurpose.CONFIRM_REGISTRATION))
                .isInstanceOf(Inspection.Refused.class);
    }

    @Test
    void endsLikeALinkAndIsSweptThen() {
        LinkOutcome.Accepted accepted = service.pretendRegistration();
        String token = service.registrationToken(accepted);
        context.getBean(MutableClock.class).advance(Duration.ofMinutes(15));
        assertThat(decoys.claim(token, LinkPurpose.CONFIRM_REGISTRATION)).isFalse();
        context.getBean(Cleaning.class).clean();
        assertThat(rows("decoy_links", accepted.requestId())).isZero();
    }

    private long rows(String table, UUID requestId) {
        return Sql.count(context, "SELECT count(*) FROM " + table + " WHERE request_id = '" + requestId + "'");
    }

    private static EmailAddress fresh() {
        return EmailAddress.parse(UUID.randomUUID() + "@decoys.example").orElseThrow();
    }
}
