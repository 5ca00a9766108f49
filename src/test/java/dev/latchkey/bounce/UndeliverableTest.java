package dev.latchkey.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Undeliverable;
import dev.latchkey.assistant.GrantDrafts;
import dev.latchkey.assistant.GrantDrafts.Drafted;
import dev.latchkey.mail.MessageIds;
import dev.latchkey.mail.OutboxMessages;
import dev.latchkey.mail.delivery.MailDelivery;
import dev.latchkey.operator.AccountOperations;
import dev.latchkey.operator.OperationOutcome;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.SaveOutcome;
import dev.latchkey.profile.proposal.Proposal;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Browser;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import dev.latchkey.support.DevMailbox;
import dev.latchkey.support.LetIn;
import dev.latchkey.support.Race;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What it means for somebody that a mail to them came back, and how they come back themselves. */
@ParameterizedClass
@EnumSource(Database.class)
class UndeliverableTest {
    private static final String PASSPHRASE = "seven quiet otters";
    private static final String SENTENCE = "The email could not be delivered to the address stored with the account.";

    private final Client api;
    private final ApplicationContext context;
    private final Bounces bounces;
    private final String email = Client.freshEmail();
    private final DevMailbox mailbox;

    UndeliverableTest(Database database) {
        // A setting that nobody else asks with: what waits in the outbox is this class's own.
        api = Client.shared(database, Map.of("latchkey.bounce-poll-interval", "7m"));
        context = api.server().getApplicationContext();
        bounces = context.getBean(Bounces.class);
        mailbox = new DevMailbox(api, email);
        api.post("/auth/signup", Map.of("email", email, "password", PASSPHRASE));
        Answer confirmed = api.form(api.mailedLink(email, "/confirm/"), Map.of("passphrase", PASSPHRASE));
        assertThat(confirmed.status()).isEqualTo(303);
        pass();
    }

    private void pass() {
        api.clock().advance(Duration.ofMinutes(2));
    }

    private Account account() {
        return context.getBean(Accounts.class)
                .findByEmail(EmailAddress.parse(email).orElseThrow())
                .orElseThrow();
    }

    /** A provider says that a mail of that time came back. */
    private void bounce(Instant mailedAt) {
        MailReport report = new MailReport(email, Undeliverable.BOUNCE, null, mailedAt);
        bounces.take("a provider", UUID.randomUUID().toString(), List.of(report));
    }

    private void bounce() {
        bounce(api.clock().instant());
    }

    private String init() {
        Answer answer = api.action("/api/update/init", Map.of("email", email));
        assertThat(answer.status()).isEqualTo(202);
        return answer.text("requestId");
    }

    private void awaitEmptyOutbox() {
        await().until(() -> context.getBean(OutboxMessages.class).count().isEmpty());
    }

    private Browser signedIn() {
        Browser browser = new Browser(api.server());
        assertThat(browser.form("/account/sign-in", Map.of("email", email, "passphrase", PASSPHRASE))
                        .status())
                .isEqualTo(303);
        return browser;
    }

    @Test
    @DisplayName("Status of a link whose mail came back is undeliverable, with a sentence that the chat can repeat")
    void isToldByStatus() {
        String before = init();
        await().until(() -> api.status(before).text("state").equals("sent"));
        pass();
        bounce();

        Answer status = api.status(before);
        assertThat(status.text("state")).isEqualTo("undeliverable");
        assertThat(status.text("instructions")).startsWith(SENTENCE);
        api.clock().advance(Duration.ofHours(2));
        assertThat(api.status(before).text("state")).isEqualTo("undeliverable");
    }

    @Test
    @DisplayName("A link that ran out unused before anything came back ran out, and no more")
    void leavesThePastAlone() {
        String before = init();
        await().until(() -> api.status(before).text("state").equals("sent"));
        api.clock().advance(Duration.ofHours(1));
        bounce();
        assertThat(api.status(before).text("state")).isEqualTo("expired");
    }

    @Test
    @DisplayName("Init answers 202 and says at once that no mail will come; none leaves, and none is left lying about")
    void sendsNoLinks() {
        bounce();
        int mails = mailbox.subjects().size();
        double withheld = metric("latchkey_mail_withheld_total{kind=\"edit-link\"}");
        Answer init = api.action("/api/update/init", Map.of("email", email));
        assertThat(init.status()).isEqualTo(202);
        assertThat(init.text("status")).isEqualTo("accepted");
        assertThat(init.text("instructions")).startsWith(SENTENCE);
        assertThat(api.status(init.text("requestId")).text("state")).isEqualTo("undeliverable");
        awaitEmptyOutbox();
        assertThat(api.status(init.text("requestId")).text("state")).isEqualTo("undeliverable");
        assertThat(mailbox.subjects()).hasSize(mails);
        assertThat(metric("latchkey_mail_withheld_total{kind=\"edit-link\"}")).isEqualTo(withheld + 1);
    }

    @Test
    @DisplayName(
            "Notices go there no more, not even those that waited, and the change stands in the history all the same")
    void sendsNoNotices() {
        String[] me = api.bearer(email, PASSPHRASE);
        context.getBean(MailDelivery.class).stop();
        assertThat(api.post("/profile/me", Map.of("name", "Ada"), me).status()).isEqualTo(201);
        assertThat(context.getBean(OutboxMessages.class).count()).isNotEmpty();
        bounce();
        assertThat(context.getBean(OutboxMessages.class).count()).isEmpty();
        context.getBean(MailDelivery.class).start();

        assertThat(api.send("PUT", "/profile/me", Map.of("bio", "Hello"), me).status())
                .isEqualTo(200);
        assertThat(context.getBean(OutboxMessages.class).count()).isEmpty();
        assertThat(api.get("/profile/me/history", me).text()).contains("bio");
    }

    @Test
    @DisplayName(
            "An assistant that was let in is told that no mail brings its draft, and the card saves it all the same")
    void promisesNoMailForADraft() {
        LetIn assistant = LetIn.by(context, account());
        GrantDrafts drafts = context.getBean(GrantDrafts.class);
        Proposal proposal = Proposal.of(Map.of(ProfileField.BIO, "Proposed"));
        pass();
        awaitEmptyOutbox();
        bounce();
        int mails = mailbox.subjects().size();
        Drafted draft = drafts.propose(assistant.grant(), proposal, GrantDrafts.callerOf(assistant.grant()));

        assertThat(draft.told().instructions())
                .contains("where the chat shows a card", "no email brings it", SENTENCE)
                .doesNotContain("on its way");
        awaitEmptyOutbox();
        assertThat(mailbox.subjects()).hasSize(mails);
        assertThat(drafts.save(
                        assistant.grant(),
                        draft.told().requestId(),
                        draft.seen().profile().version(),
                        draft.key(),
                        Set.of()))
                .isInstanceOf(SaveOutcome.Saved.class);
    }

    @Test
    @DisplayName("Where it is concealed who has an account, neither Init nor Status tells, nor does any page")
    void staysConcealed() {
        bounce();
        String mcp = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":"
                + "\"request_profile_edit_link\",\"arguments\":{\"email\":\"" + email + "\"}}}";
        Answer asked = api.post("/mcp", mcp, "Accept", "application/json, text/event-stream");
        assertThat(asked.text()).contains("an email is on its way").doesNotContain("could not be delivered");
        String id = asked.text().replaceFirst("(?s).*?\"requestId\":\"([^\"]+)\".*", "$1");
        awaitEmptyOutbox();
        String status = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":"
                + "\"get_profile_edit_status\",\"arguments\":{\"requestId\":\"" + id + "\"}}}";
        assertThat(api.post("/mcp", status, "Accept", "application/json, text/event-stream")
                        .text())
                .contains("\"state\":\"sent\"");
        pass();
        Answer known = api.form("/account/link", Map.of("identifier", email));
        Answer unknown = api.form("/account/link", Map.of("identifier", Client.freshEmail()));
        assertThat(known.status()).isEqualTo(unknown.status());
        assertThat(known.html().getAllElements()).hasSameSizeAs(unknown.html().getAllElements());
        assertThat(known.text()).doesNotContain("reach you", "came back");
    }

    @Test
    @DisplayName("The account's page says since when and why, and sends exactly one mail; its link brings mail back")
    void comesBackByOneMail() {
        bounce();
        Browser browser = signedIn();
        assertThat(browser.get("/account").text())
                .contains("Our email doesn’t reach you")
                .contains("An email to this address came back on")
                .contains("/account/mailbox");
        int mails = mailbox.subjects().size();

        assertThat(browser.ownForm("/account/mailbox", Map.of()).header("Location"))
                .isEqualTo("/account/mailbox?mailed=yes");
        assertThat(browser.get("/account/mailbox?mailed=yes").text()).contains("One email is on its way");
        await().until(() -> mailbox.subjects().size() > mails);
        awaitEmptyOutbox();
        assertThat(mailbox.subjects()).hasSize(mails + 1);
        assertThat(account().undeliverable()).isTrue();

        assertThat(api.form(mailbox.links("/confirm/").getFirst(), Map.of()).status())
                .isEqualTo(303);
        assertThat(account().undeliverable()).isFalse();
        assertThat(browser.get("/account").text()).doesNotContain("doesn’t reach you");
        assertThat(browser.get("/account/mailbox").header("Location")).isEqualTo("/account");
        pass();
        String fresh = init();
        await().until(() -> api.status(fresh).text("state").equals("sent"));
        assertThat(api.bearer(email, PASSPHRASE)[1]).as("the passphrase stays").hasSizeGreaterThan("Bearer ".length());
    }

    @Test
    @DisplayName("That mail is limited as any is, needs the form of the page, and does not exist for others")
    void sendsThatMailByHandAlone() {
        Browser browser = signedIn();
        assertThat(browser.ownForm("/account/mailbox", Map.of()).header("Location"))
                .isEqualTo("/account");
        bounce();
        int mails = mailbox.subjects().size();
        assertThat(browser.form("/account/mailbox", Map.of()).status()).isEqualTo(403);
        assertThat(api.get("/account/mailbox").status()).isIn(303, 401);
        awaitEmptyOutbox();
        assertThat(mailbox.subjects()).hasSize(mails);
    }

    @Test
    @DisplayName("A client asks for that mail by the account API, although the address was verified once")
    void comesBackByTheAccountApi() {
        String[] me = api.bearer(email, PASSPHRASE);
        assertThat(api.post("/profile/me/verification", null, me).problem()).isEqualTo("already-verified");
        bounce();
        int mails = mailbox.links("/confirm/").size();
        assertThat(api.post("/profile/me/verification", null, me).status()).isEqualTo(202);
        await().until(() -> mailbox.links("/confirm/").size() > mails);
        assertThat(api.form(mailbox.links("/confirm/").getFirst(), Map.of()).status())
                .isEqualTo(303);
        assertThat(account().undeliverable()).isFalse();
        assertThat(api.post("/profile/me/verification", null, me).problem()).isEqualTo("already-verified");
    }

    @Test
    @DisplayName("An operator sends that mail for whoever has neither passphrase nor session")
    void comesBackByTheOperator() {
        AccountOperations operator = context.getBean(AccountOperations.class);
        UUID id = account().id();
        assertThat(operator.tryMailbox(id)).isInstanceOf(OperationOutcome.Unchanged.class);
        assertThat(operator.tryMailbox(UUID.randomUUID())).isInstanceOf(OperationOutcome.NoAccount.class);
        bounce();
        int mails = mailbox.links("/confirm/").size();
        assertThat(operator.tryMailbox(id)).isInstanceOf(OperationOutcome.Done.class);
        await().until(() -> mailbox.links("/confirm/").size() > mails);
        assertThat(api.form(mailbox.links("/confirm/").getFirst(), Map.of()).status())
                .isEqualTo(303);
        assertThat(account().undeliverable()).isFalse();
    }

    @Test
    @DisplayName("A link that had left before proves the mailbox as well")
    void comesBackByAnEarlierLink() {
        String link = "/edit/" + mailbox.freshToken();
        bounce();
        assertThat(api.form(link, Map.of("bio", "I am here.")).status()).isEqualTo(303);
        assertThat(account().undeliverable()).isFalse();
    }

    @Test
    @DisplayName("A report of a mail from before the mailbox was proved anew, or heard twice, counts no more")
    void countsNothingOld() {
        Instant mailed = api.clock().instant();
        String id = UUID.randomUUID().toString();
        List<MailReport> report = List.of(new MailReport(email, Undeliverable.COMPLAINT, null, mailed));
        bounces.take("a provider", id, report);
        assertThat(account().undeliverableWhy()).isEqualTo(Undeliverable.COMPLAINT);
        Instant since = account().undeliverableSince();
        pass();
        bounce();
        assertThat(account().undeliverableSince()).as("the first one stays").isEqualTo(since);
        int links = mailbox.links("/confirm/").size();
        signedIn().ownForm("/account/mailbox", Map.of());
        await().until(() -> mailbox.links("/confirm/").size() > links);
        String link = api.mailedLink(email, "/confirm/");
        pass();
        assertThat(api.form(link, Map.of()).status()).isEqualTo(303);

        bounces.take("a provider", id, report);
        bounces.take("a provider", UUID.randomUUID().toString(), report);
        bounce(mailed);
        assertThat(account().undeliverable()).isFalse();
        pass();
        bounce();
        assertThat(account().undeliverable()).isTrue();
    }

    @Test
    @DisplayName("Another address begins anew, whatever came back from the one before")
    void movesAway() {
        bounce();
        Instant mailed = api.clock().instant();
        String[] me = api.bearer(email, PASSPHRASE);
        String other = Client.freshEmail();
        int mails = mailbox.subjects().size();
        assertThat(api.post("/profile/me/email", Map.of("email", other, "password", PASSPHRASE), me)
                        .status())
                .isEqualTo(202);
        String link = api.mailedLink(other, "/email/");
        pass();
        assertThat(api.form(link, Map.of("move", "yes")).status()).isEqualTo(303);
        awaitEmptyOutbox();
        assertThat(mailbox.subjects()).as("the old address is told nothing").hasSize(mails);
        Account moved = context.getBean(Accounts.class)
                .findByEmail(EmailAddress.parse(other).orElseThrow())
                .orElseThrow();
        assertThat(moved.undeliverable()).isFalse();
        bounces.take(
                "a provider",
                UUID.randomUUID().toString(),
                List.of(
                        new MailReport(other, Undeliverable.BOUNCE, null, mailed),
                        new MailReport(
                                email, Undeliverable.BOUNCE, null, api.clock().instant())));
        assertThat(context.getBean(Accounts.class)
                        .findById(moved.id())
                        .orElseThrow()
                        .undeliverable())
                .isFalse();
    }

    @Test
    @DisplayName("A mail of ours proves itself by its Message-ID, to its recipient alone")
    void believesItsOwnMails() {
        init();
        String source =
                await().until(() -> api.get("/dev/inbox/messages").json().toString(), text -> text.contains("/edit/"));
        assertThat(source).isNotEmpty();
        String messageId = context.getBean(MessageIds.class)
                .of(UuidCreator.getTimeOrderedEpoch(api.clock().instant()), email);
        assertThat(bounces.cameBack(messageId, "eve@example.org", Undeliverable.BOUNCE))
                .isFalse();
        assertThat(bounces.cameBack("<" + UUID.randomUUID() + "@example.org>", email, Undeliverable.BOUNCE))
                .isFalse();
        assertThat(account().undeliverable()).isFalse();
        assertThat(bounces.cameBack(messageId, email, Undeliverable.BOUNCE)).isTrue();
        assertThat(account().undeliverable()).isTrue();
        assertThat(bounces.cameBack(messageId, email, Undeliverable.BOUNCE)).isTrue();
    }

    @Test
    @DisplayName("The export holds it, in JSON and in the archive")
    void isExported() {
        bounce();
        Answer export = api.get("/profile/me/export", api.bearer(email, PASSPHRASE));
        assertThat(export.json().path("account").path("undeliverableWhy").asText())
                .isEqualTo("bounce");
        assertThat(export.json().path("account").path("undeliverableSince").asText())
                .isEqualTo(api.clock().instant().toString());
    }

    @Test
    @DisplayName("The same report by many at once, and a proof beside it, have one outcome and no failure")
    void decidesRaces() throws Exception {
        String id = UUID.randomUUID().toString();
        List<MailReport> report = List.of(
                new MailReport(email, Undeliverable.BOUNCE, null, api.clock().instant()));
        Callable<Boolean> told = () -> {
            bounces.take("a provider", id, report);
            return true;
        };
        String counter = "latchkey_mail_came_back_total{source=\"a provider\",why=\"bounce\"}";
        double before = metric(counter);
        Race.of(12, told);
        assertThat(account().undeliverable()).isTrue();
        assertThat(metric(counter)).isEqualTo(before + 1);
    }

    private double metric(String name) {
        return api.get("/prometheus")
                .text()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
    }
}
