package dev.latchkey.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.account.Account;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.database.DatabaseFailure;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.membership.ConfirmationOutcome;
import dev.latchkey.membership.ConfirmationService;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.LostCommits;
import dev.latchkey.support.LostCommits.Outcome;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The database goes away between a commit and its answer. */
@ParameterizedClass
@EnumSource(Database.class)
class LostCommitsTest {
    private static final Caller CALLER = new Caller("test", null, null);

    private final Database database;
    private final Client client;
    private final ApplicationContext context;
    private final LostCommits commits;
    private final ProfileEdits edits;
    private final Account somebody;

    LostCommitsTest(Database database) {
        this.database = database;
        client = Client.on(database.withTables(), Map.of("test.lost-commits", true));
        context = client.server().getApplicationContext();
        commits = context.getBean(LostCommits.class);
        edits = context.getBean(ProfileEdits.class);
        somebody = People.somebody(context);
    }

    @AfterEach
    void stop() {
        commits.next(Outcome.NONE);
        client.server().close();
    }

    @Test
    void aSaveThatWasStoredIsToldAsSaved() {
        String token = Links.fresh(context, somebody);

        commits.next(Outcome.STORED);
        assertThat(edits.save(token, bio("Stored."))).isInstanceOf(SaveOutcome.Saved.class);

        assertThat(((SaveOutcome.LinkRefused) edits.save(token, bio("Again.")))
                        .refusal()
                        .reason())
                .isEqualTo(Inspection.Reason.USED);
    }

    @Test
    void aSaveThatTheServerIsStillAtIsWaitedFor() {
        assumeTrue(database == Database.POSTGRESQL, "SQLite's commits are this process's own");
        String token = Links.fresh(context, somebody);

        commits.next(Outcome.LATE);
        assertThat(edits.save(token, bio("Late."))).isInstanceOf(SaveOutcome.Saved.class);
    }

    @Test
    void aSaveThatWasNotStoredIsToldAsUndone() {
        String token = Links.fresh(context, somebody);

        commits.next(Outcome.UNDONE);
        assertThatThrownBy(() -> edits.save(token, bio("Lost.")))
                .isNotInstanceOf(OutcomeUnknown.class)
                .satisfies(e -> assertThat(DatabaseFailure.isBehind(e)).isTrue());

        assertThat(edits.save(token, bio("Now."))).isInstanceOf(SaveOutcome.Saved.class);
    }

    @Test
    void aLinkThatWasAskedForIsToldAsAskedFor() {
        commits.next(Outcome.STORED);
        InitOutcome outcome =
                context.getBean(LinkRequestService.class).request(new Subject.ByEmail(somebody.email()), CALLER);

        LinkOutcome.Accepted accepted = (LinkOutcome.Accepted) outcome;
        assertThat(context.getBean(LinkStatusService.class).statusOf(accepted.requestId(), UnknownUser.REPORT))
                .isPresent();
    }

    @Test
    void aConfirmationThatWasStoredIsToldAsConfirmed() {
        Sql.run(context, "UPDATE accounts SET email_verified_at = NULL WHERE pin = " + somebody.pin());
        LinkOutcome.Accepted asked = (LinkOutcome.Accepted) context.getBean(LinkRequestService.class)
                .confirm(somebody, LinkPurpose.CONFIRM_EMAIL, CALLER, UnknownUser.REPORT);
        String token = Links.arrived(context, asked.requestId());

        commits.next(Outcome.STORED);
        assertThat(context.getBean(ConfirmationService.class).confirm(token, null, false))
                .isInstanceOf(ConfirmationOutcome.Confirmed.class);
    }

    @Test
    void aSignUpThatWasStoredIsToldAsSuch() {
        String email = Client.freshEmail();

        commits.next(Outcome.STORED);
        Answer answer = client.post("/auth/signup", Map.of("email", email, "password", "a long passphrase"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.text("email"))
                .isEqualTo(EmailAddress.parse(email).orElseThrow().value());
    }

    @Test
    void whereNobodyCanBeAskedItSaysThatItIsNotKnown() {
        String token = Links.fresh(context, somebody);

        commits.next(Outcome.GONE);
        Answer answer = client.post("/api/update/save", Map.of("token", token, "bio", "Who knows."));

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.text("type")).isEqualTo("/problems/outcome-unknown");
        assertThat(answer.text("detail"))
                .isEqualTo("It is not known whether this was saved, because the connection to the database was lost."
                        + " Open the link again in a moment: if it still opens, nothing was changed; if it says that it"
                        + " was used, everything was saved.");
        commits.next(Outcome.NONE);
        // The pool has stopped asking for a moment.
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(edits.load(token)).isInstanceOf(LoadOutcome.LinkRefused.class));
    }

    @Test
    void aPageSaysThatItIsNotKnown() {
        String token = Links.fresh(context, somebody);

        commits.next(Outcome.GONE);
        Answer page = client.form("/edit/" + token, "bio=Who+knows.", "Accept", "text/html");

        assertThat(page.status()).isEqualTo(504);
        assertThat(page.text())
                .contains("We don’t know whether your changes were saved", "Who knows.")
                .doesNotContain("Nothing was changed");
    }

    private static ProfileChange bio(String text) {
        return ProfileChange.of(Map.of(ProfileField.BIO, text));
    }
}
