package dev.latchkey.web.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.Door;
import dev.latchkey.history.Origin;
import dev.latchkey.mail.MailComposer;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.MailKind;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxState;
import dev.latchkey.membership.OwnSessions;
import dev.latchkey.oauth.Grants;
import dev.latchkey.oauth.Redemption;
import dev.latchkey.oauth.client.PredefinedClients;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Links;
import dev.latchkey.support.Sql;
import io.micronaut.email.BodyType;
import java.util.Map;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the owner of an account sees of assistants that were let in: in the mail, on their pages, and behind "It was not me". */
class LetInTest {
    private static final String CLIENT = "Example Assistant (client.example.com)";

    private final Asked asked = new Asked();
    private final Account ada = Asked.somebody();

    @Test
    @DisplayName("That an assistant was let in is mailed, with its name and host, and a way back")
    void mailsWhoWasLetIn() {
        letIn("");
        Mail mail = newest();
        assertThat(mail.subject).isEqualTo("An assistant was given access to your account");
        assertThat(mail.text)
                .contains("An assistant was given access to your account on ")
                .contains("Who was given access:")
                .contains("- assistant: " + CLIENT)
                .contains("The change was made on your account pages.")
                .contains("/undo/");
    }

    @Test
    @DisplayName("It was not me: the page names who loses access, and the button takes it and signs everybody out")
    void takesItBack() {
        String access = letIn("");
        String undo = "/undo/" + Links.undo(Asked.context(), ada);
        Document page = asked.browser.get(undo).html();
        assertThat(page.select("main h2").eachText())
                .containsExactly("This assistant loses its access", "Everybody is signed out");
        assertThat(page.select("main").text()).contains(CLIENT);

        Answer undone = asked.browser.form(undo, Map.of("undo", "yes"));
        assertThat(undone.status()).isEqualTo(303);
        Document done = asked.browser.get(undone.header("Location")).html();
        assertThat(done.select("h1").text()).isEqualTo("The change was undone");
        assertThat(done.select("main").text()).doesNotContain("What was put back");
        assertThat(grants().find(access)).isEmpty();
        assertThat(asked.browser.isSignedIn()).isFalse();
        Mail mail = newest();
        assertThat(mail.subject).isEqualTo("A change to your profile was undone");
        assertThat(mail.text).contains("Everybody was signed out").doesNotContain("What was put back:");
    }

    @Test
    @DisplayName("Where you are signed in shows it with what it may do, and ends it; that is mailed, too")
    @Asvs({"10.4.9", "10.7.3"})
    void showsAndEndsIt() {
        String access = letIn("&scope=profile:read+offline_access");
        Element place = asked.browser.get("/account/sessions").html().select(".place").stream()
                .filter(each -> each.expectFirst("h2").text().equals("Assistant"))
                .findFirst()
                .orElseThrow();
        assertThat(place.text())
                .contains(CLIENT)
                .contains("What it may do See your profile")
                .contains("Has access since ")
                .contains("Last used ")
                .contains("Ends by itself ")
                .doesNotContain("Propose");

        Answer ended = asked.browser.ownForm(
                "/account/sessions/end",
                Map.of("id", place.expectFirst("input[name=id]").val()));
        assertThat(ended.header("Location")).endsWith("?ended=one");
        assertThat(grants().find(access)).isEmpty();
        assertThat(asked.browser.isSignedIn()).isTrue();
        Mail mail = newest();
        assertThat(mail.subject).isEqualTo("An assistant lost access to your account");
        assertThat(mail.text)
                .contains("Who lost access:")
                .contains("- assistant: " + CLIENT + " (removed)")
                .contains("The change was made on your account pages.");
    }

    @Test
    @DisplayName("End all others ends assistants, too, and tells which")
    void endsAllOthers() {
        String access = letIn("&scope=profile:read+profile:propose");
        Asked elsewhere = new Asked();
        elsewhere.signIn(ada, Asked.address());
        assertThat(asked.browser.get("/account/sessions").html().text())
                .contains("What it may do See your profile Propose changes to it");
        asked.browser.ownForm("/account/sessions/end-others", Map.of());
        assertThat(grants().find(access)).isEmpty();
        assertThat(elsewhere.browser.isSignedIn()).isFalse();
        Mail mail = newest();
        assertThat(mail.subject).isEqualTo("You were signed out somewhere");
        assertThat(mail.text).contains("- assistant: " + CLIENT + " (removed)").contains("- signed in: ");
    }

    @Test
    @DisplayName("What happened tells that it was let in, that its access ended, and which it is")
    void tellsWhatHappened() {
        letIn("");
        Asked.context().getBean(OwnSessions.class).end(ada.id(), grantId(), Origin.of(Door.ACCOUNT_API));
        Document page = asked.browser.get("/account/history").html();
        assertThat(page.select("main h2").eachText())
                .filteredOn(heading -> heading.equals("An assistant was given access, or lost it"))
                .hasSize(2);
        assertThat(page.select("main").text())
                .contains("In a website or app that is signed in to your account: " + CLIENT)
                .contains("On your account pages: " + CLIENT);
    }

    @Test
    @DisplayName("An assistant that ends its own access is named as who did")
    void namesWhoEndedIt() {
        String access = letIn("");
        grants().revoke(access, PredefinedClients.OPEN);
        assertThat(newest().text).contains("The change was made by " + CLIENT + ".");
        assertThat(asked.browser.get("/account/history").html().select("main").text())
                .contains("By an assistant with access to your account: " + CLIENT);
        assertThat(Sql.text(
                        Asked.context(),
                        "SELECT fields FROM changes WHERE account_id = '" + ada.id() + "' ORDER BY id DESC LIMIT 1"))
                .isEqualTo(ChangeLog.GRANTS);
    }

    /** Lets the usual client in; its access token. */
    private String letIn(String more) {
        String question = asked.signIn(ada, Asked.address(PredefinedClients.REDIRECT, more));
        String answer = asked.browser.ownForm(question, Map.of("do", "allow")).header("Location");
        String code = Asked.parameters(answer).get("code");
        return ((Redemption.Tokens)
                        grants().redeem(code, PredefinedClients.OPEN, PredefinedClients.REDIRECT, Asked.VERIFIER))
                .access();
    }

    private static Grants grants() {
        return Asked.context().getBean(Grants.class);
    }

    private String grantId() {
        return Sql.text(
                Asked.context(), "SELECT id FROM sessions WHERE kind = 'GRANT' AND account_id = '" + ada.id() + "'");
    }

    /** The notice of the newest change, as it would be written now. */
    private Mail newest() {
        String change = Sql.text(
                Asked.context(),
                "SELECT id FROM changes WHERE account_id = '" + ada.id() + "' ORDER BY id DESC LIMIT 1");
        OutboxMessage mail = new OutboxMessage(
                UUID.randomUUID(),
                "changed",
                change,
                OutboxState.WAITING,
                Asked.clock().instant(),
                null,
                1,
                null,
                Asked.clock().instant());
        MailContent.Message content = Asked.context().getBeansOfType(MailKind.class).stream()
                .filter(kind -> kind.names().contains("changed"))
                .findFirst()
                .flatMap(kind -> kind.compose(mail))
                .map(MailContent.Message.class::cast)
                .orElseThrow();
        var email = Asked.context()
                .getBean(MailComposer.class)
                .compose(mail.id(), content)
                .orElseThrow()
                .email();
        return new Mail(email.getSubject(), email.getBody().get(BodyType.TEXT).orElseThrow());
    }

    private record Mail(String subject, String text) {}
}
