package dev.latchkey.magiclink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.contact.ContactService;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.SaveOutcome;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.OtherSide;
import dev.latchkey.support.People;
import io.micronaut.context.ApplicationContext;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits for what on PostgreSQL. The test plays one side by hand, up to the moment when the other waits for it. */
@Timeout(60)
class LinkLocksTest {
    private final ApplicationContext context = Contexts.shared(
            Database.POSTGRESQL,
            Map.of("latchkey.links-per-minute", 1000, "latchkey.links-per-hour", 1000, "locks", 1));
    private final Account somebody = People.somebody(context);
    private final OtherSide ours;

    LinkLocksTest() throws SQLException {
        ours = new OtherSide(context);
    }

    @AfterEach
    void end() throws SQLException {
        ours.close();
    }

    @Test
    void aConfirmationAndADeletionOfTheAccountDoNotWaitForEachOther() throws Exception {
        LinkRequestService links = context.getBean(LinkRequestService.class);
        LinkOutcome.Accepted asked = (LinkOutcome.Accepted) links.confirm(
                somebody, LinkPurpose.CONFIRM_REGISTRATION, new Caller("test", null, null), UnknownUser.REPORT);
        String token = links.registrationToken(asked);
        ours.run("SELECT pin FROM accounts WHERE id = '" + somebody.id() + "' FOR UPDATE");

        Future<Boolean> confirmed =
                ours.whenItWaits(() -> context.getBean(ContactService.class).confirm(token));
        ours.run("DELETE FROM magic_links WHERE account_id = '" + somebody.id() + "'");
        ours.run("DELETE FROM accounts WHERE id = '" + somebody.id() + "'");
        ours.commit();

        assertThat(confirmed.get()).isFalse();
    }

    @Test
    void theAcceptanceOfAMailAndASaveDoNotWaitForEachOther() throws Exception {
        String token = Links.onItsWay(context, somebody);
        ours.run(
                "UPDATE link_requests SET state = 'SENT', expires_at = now() + interval '15 minutes' WHERE account_id = '"
                        + somebody.id() + "'");

        Future<SaveOutcome> saved = ours.whenItWaits(() -> save(token, "Hello."));
        ours.run("UPDATE magic_links SET expires_at = now() + interval '15 minutes' WHERE account_id = '"
                + somebody.id() + "'");
        ours.commit();

        assertThat(saved.get()).isInstanceOf(SaveOutcome.Saved.class);
    }

    @Test
    void theAcceptanceOfTwoMailsAndASaveDoNotWaitForEachOther() throws Exception {
        Links.onItsWay(context, somebody);
        String second = Links.onItsWay(context, somebody);
        String requests = "UPDATE link_requests SET state = 'SENT' WHERE id = (SELECT id FROM link_requests"
                + " WHERE account_id = '" + somebody.id() + "' ORDER BY id ";
        ours.run(requests + "LIMIT 1)");

        Future<SaveOutcome> saved = ours.whenItWaits(() -> save(second, "Hello."));
        ours.run(requests + "DESC LIMIT 1)");
        ours.commit();

        assertThat(saved.get()).isInstanceOf(SaveOutcome.Saved.class);
    }

    @Test
    void theAcceptanceOfSeveralMailsAndAWithdrawalOfAllLinksDoNotWaitForEachOther() throws Exception {
        String mine = " FROM link_requests WHERE account_id = '" + somebody.id() + "'";
        for (int i = 0; i < 8; i++) {
            Links.onItsWay(context, somebody);
            // The newest comes first in the table, so that only an order that is asked for is that of the ids.
            ours.run("UPDATE link_requests SET state = state WHERE id IN (SELECT id" + mine
                    + " ORDER BY id DESC OFFSET 1)");
            ours.commit();
        }
        ours.run("UPDATE link_requests SET state = 'SENT' WHERE id = (SELECT min(id)" + mine + ")");

        Future<Boolean> withdrawn = ours.whenItWaits(() -> {
            context.getBean(OneTransaction.class)
                    .run(() -> context.getBean(LinkClaims.class).revokeAll(somebody.id()));
            return true;
        });
        ours.run("UPDATE link_requests SET state = 'SENT' WHERE account_id = '" + somebody.id() + "'");
        ours.commit();

        assertThat(withdrawn.get()).isTrue();
        assertThat(context.getBean(OpenLinks.class).of(somebody.id())).isEmpty();
    }

    @Test
    void whoLooksWhileSomebodySavesIsToldThatTheLinkWasUsed() throws Exception {
        String token = Links.fresh(context, somebody);
        UUID id = somebody.id();
        ours.run("LOCK TABLE magic_links IN ACCESS EXCLUSIVE MODE");

        Future<Inspection> looked =
                ours.whenItWaits(() -> context.getBean(LinkInspector.class).inspect(token, LinkPurpose.EDIT_PROFILE));
        ours.run("UPDATE link_requests SET state = 'SAVED', changed = 'bio', ended_at = now() WHERE account_id = '" + id
                + "'");
        ours.run("DELETE FROM magic_links WHERE account_id = '" + id + "'");
        ours.commit();

        assertThat(((Inspection.Refused) looked.get()).reason()).isEqualTo(Inspection.Reason.USED);
    }

    private SaveOutcome save(String token, String bio) {
        return context.getBean(ProfileEdits.class).save(token, ProfileChange.of(Map.of(ProfileField.BIO, bio)));
    }
}
