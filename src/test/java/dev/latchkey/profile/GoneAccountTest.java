package dev.latchkey.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The account goes, or is blocked, between the look through a link and the write. */
@ParameterizedClass
@EnumSource(Database.class)
class GoneAccountTest {
    private final ApplicationContext context;
    private final Account somebody;
    private final Inspection.Open link;

    GoneAccountTest(Database database) {
        context = Contexts.shared(database, Map.of("test.clock", true));
        somebody = People.somebody(context);
        link = (Inspection.Open)
                context.getBean(LinkInspector.class).inspect(Links.fresh(context, somebody), LinkPurpose.EDIT_PROFILE);
    }

    @Test
    void aSaveFindsItsLinkGone() {
        context.getBean(Accounts.class).remove(somebody.id());
        assertThat(write()).isFalse();
    }

    @Test
    void aSaveOfABlockedAccountFindsItsLinkGone() {
        Sql.run(context, "UPDATE accounts SET status = 'BLOCKED' WHERE id = '" + somebody.id() + "'");
        assertThat(write()).isFalse();
    }

    @Test
    void nobodyIsMailed() {
        LinkRequestService links = context.getBean(LinkRequestService.class);
        MutableClock clock = context.getBean(MutableClock.class);
        context.getBean(Accounts.class).remove(somebody.id());
        clock.advance(Duration.ofMinutes(1));
        assertNobodys(links.confirm(
                somebody, LinkPurpose.CONFIRM_EMAIL, Caller.accountApi(CallerAddress.UNKNOWN), UnknownUser.REPORT));
        clock.advance(Duration.ofMinutes(1));
        assertNobodys(links.tellThatAccountExists(somebody, Caller.page(CallerAddress.UNKNOWN)));
        assertThat(Sql.count(context, "SELECT count(*) FROM magic_links WHERE account_id = '" + somebody.id() + "'"))
                .isZero();
    }

    /** A request in nobody's name is a decoy: its mail goes nowhere. */
    private void assertNobodys(LinkOutcome outcome) {
        UUID request = ((LinkOutcome.Accepted) outcome).requestId();
        assertThat(Sql.count(
                        context,
                        "SELECT count(*) FROM link_requests WHERE id = '" + request + "' AND account_id IS NULL"))
                .isEqualTo(1);
    }

    private boolean write() {
        CheckedChange change =
                ChangePreparation.check(ProfileChange.of(Map.of(ProfileField.BIO, "Late.")), new ArrayList<>());
        return context.getBean(SaveTransaction.class)
                .write(link, null, change, new ChangePreparation.NewPassphrase(null, null))
                .isPresent();
    }
}
