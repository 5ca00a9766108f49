package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.account.Account;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.history.Door;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.membership.leaving.ClosingService;
import dev.latchkey.membership.moving.MovingService;
import dev.latchkey.membership.proof.ProofOutcome;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.LostCommits;
import dev.latchkey.support.LostCommits.Outcome;
import dev.latchkey.support.People;
import dev.latchkey.support.SignedIn;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The database answers a commit, and nothing more for a while: what was stored is told as stored, whatever else there would
 * have been to do.
 */
@ParameterizedClass
@EnumSource(Database.class)
class LastCommitTest {
    private static final Caller CALLER = new Caller("test", null, null);
    private static final String LINK = "THEN 'SAVED' ELSE";

    private final Client client;
    private final Api browser;
    private final ApplicationContext context;
    private final LostCommits commits;
    private final Account somebody;

    LastCommitTest(Database database) {
        client = Client.shared(database, Map.of("test.lost-commits", true));
        browser = Api.browser(client.server());
        context = client.server().getApplicationContext();
        commits = context.getBean(LostCommits.class);
        somebody = People.somebody(context);
    }

    @AfterEach
    void comeBack() {
        commits.next(Outcome.NONE);
        // The pool has stopped asking for a moment.
        await().ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(client.get("/health/readiness").status()).isEqualTo(200));
    }

    @Test
    void saves() {
        String token = Links.fresh(context, somebody);
        Answer answer = last(LINK, () -> client.post("/api/update/save", Map.of("token", token, "bio", "Stored.")));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("status")).isEqualTo("saved");
    }

    @Test
    void savesTheForm() {
        String token = Links.fresh(context, somebody);
        Answer page = last(LINK, () -> browser.form("/edit/" + token, Map.of("bio", "Stored.")));
        assertThat(page.status()).isEqualTo(303);
        assertThat(page.header("Location")).contains("/saved");
    }

    @Test
    void asksForALink() {
        Answer answer = last(
                "INSERT INTO \\W?link_requests",
                () -> client.action(
                        "/api/update/init", Map.of("email", somebody.email().value())));
        assertThat(answer.status()).isEqualTo(202);
    }

    @Test
    void signsUp() {
        Answer answer = last(
                "INSERT INTO \\W?accounts",
                () -> client.post(
                        "/auth/signup", Map.of("email", Client.freshEmail(), "password", "a long passphrase")));
        assertThat(answer.status()).isEqualTo(201);
    }

    @Test
    void confirmsAMailbox() {
        Sql.run(context, "UPDATE accounts SET email_verified_at = NULL WHERE pin = " + somebody.pin());
        String token = requested(LinkPurpose.CONFIRM_EMAIL);
        Answer page = last(LINK, () -> browser.form("/confirm/" + token, Map.of("confirm", "yes")));
        assertThat(page.status()).isEqualTo(303);
        assertThat(page.header("Location")).endsWith("/done");
    }

    @Test
    void signsIn() {
        String token = requested(LinkPurpose.SIGN_IN);
        Answer page = last(LINK, () -> browser.form("/account/in/" + token, Map.of("do", "sign-in")));
        assertThat(page.status()).isEqualTo(303);
        assertThat(page.header("Set-Cookie")).contains("latchkey=");
    }

    @Test
    void takesAChangeBack() {
        String undo = undo();
        Answer page = last("SET undone_at", () -> browser.form("/undo/" + undo, Map.of("undo", "yes")));
        assertThat(page.status()).isEqualTo(303);
        assertThat(page.header("Location")).endsWith("/done");
    }

    @Test
    void takesAChangeBackOverTheApi() {
        String undo = undo();
        Answer answer = last("SET undone_at", () -> client.post("/api/update/undo", Map.of("token", undo)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void moves() {
        context.getBean(MovingService.class)
                .ask(
                        new ProofOutcome.Proven(somebody, null),
                        EmailAddress.parse(Client.freshEmail()).orElseThrow(),
                        Door.ACCOUNT_API,
                        CALLER);
        String token = token("email_moves", LinkPurpose.CHANGE_EMAIL);
        Answer page = last("SET state = 'DONE'", () -> browser.form("/email/" + token, Map.of("move", "yes")));
        assertThat(page.status()).isEqualTo(303);
        assertThat(page.header("Location")).endsWith("/done");
    }

    @Test
    void keepsAnAccount() {
        context.getBean(ClosingService.class).close(new ProofOutcome.Proven(somebody, null));
        String token = token("closures", LinkPurpose.KEEP_ACCOUNT);
        Answer page = last("SET kept_at", () -> browser.form("/keep/" + token, Map.of("keep", "yes")));
        assertThat(page.status()).isEqualTo(303);
        assertThat(page.header("Location")).endsWith("/done");
    }

    @Test
    void changesAProfileOverTheAccountApi() {
        SignedIn me = SignedIn.somebody(client.server());
        Answer answer = last("INSERT INTO \\W?profiles", () -> me.post("/profile/me", Map.of("bio", "Stored.")));
        assertThat(answer.status()).isEqualTo(201);
    }

    private String requested(LinkPurpose purpose) {
        LinkOutcome.Accepted asked = (LinkOutcome.Accepted)
                context.getBean(LinkRequestService.class).confirm(somebody, purpose, CALLER, UnknownUser.REPORT);
        return Links.arrived(context, asked.requestId());
    }

    private String undo() {
        String token = Links.fresh(context, somebody);
        assertThat(client.post("/api/update/save", Map.of("token", token, "bio", "Not mine."))
                        .status())
                .isEqualTo(200);
        return Links.undo(context, somebody);
    }

    private String token(String table, LinkPurpose purpose) {
        String id = Sql.text(context, "SELECT link_id FROM " + table + " WHERE account_id = '" + somebody.id() + "'");
        return context.getBean(LinkTokens.class).mint(id, purpose);
    }

    private Answer last(String statement, Supplier<Answer> call) {
        commits.next(Outcome.LAST, Pattern.compile(statement, Pattern.CASE_INSENSITIVE));
        Answer answer = call.get();
        assertThat(commits.isAway()).as("the commit was reached").isTrue();
        return answer;
    }
}
