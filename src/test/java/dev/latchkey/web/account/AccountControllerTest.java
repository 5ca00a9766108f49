package dev.latchkey.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.Tier;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Browser;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AccountControllerTest {
    private final Account ada = People.somebody(Visitor.context());
    private final Browser browser = Visitor.signedIn(ada);

    @Test
    @DisplayName("The overview says who one is, and leads to every part")
    void leadsToEveryPart() {
        Document page = browser.get("/account").html();
        assertThat(page.text()).contains(ada.email().value(), Integer.toString(ada.pin()), "Free", "Confirmed");
        assertThat(page.select(".parts a").eachAttr("href"))
                .containsExactly(
                        "/account/profile",
                        "/account/history",
                        "/account/sessions",
                        "/account/export",
                        "/account/email",
                        "/account/delete");
        assertThat(page.select("nav [aria-current=page]").text()).isEqualTo("Overview");
    }

    @Test
    @DisplayName("PRO is a button where nothing is missing, else the sentence what is")
    void offersProWhereNothingIsMissing() {
        Answer missing = browser.get("/account/upgrade");
        assertThat(missing.text()).contains("Still missing for PRO:");
        assertThat(missing.html().select("form[action=/account/upgrade]")).isEmpty();
        assertThat(browser.ownForm("/account/upgrade", Map.of()).status()).isEqualTo(409);
        Sql.run(
                Visitor.context(),
                "INSERT INTO profiles (account_id, nickname, bio, photo_hash, version, updated_at) VALUES ('" + ada.id()
                        + "', 'p" + ada.pin() + "', 'A bio', '" + "a".repeat(64) + "', 1, 0)");
        assertThat(browser.get("/account/upgrade").html().select("form[action=/account/upgrade] button"))
                .hasSize(1);
        assertThat(browser.form("/account/upgrade", Map.of()).status()).isEqualTo(403);
        assertThat(find().tier()).isEqualTo(Tier.FREE);
        assertThat(browser.ownForm("/account/upgrade", Map.of()).status()).isEqualTo(303);
        assertThat(find().tier()).isEqualTo(Tier.PRO);
        assertThat(browser.get("/account/upgrade").text()).contains("You’re PRO.");
    }

    @Test
    @DisplayName(
            "While assistants may not ask, the action and /mcp answer as for a blocked account; the page still mails")
    void lettingAssistantsAskIsAChoice() {
        choose("off");
        assertThat(browser.get("/account")
                        .html()
                        .select("form[action=/account/assistants] h2")
                        .text())
                .isEqualTo("Assistants may not ask for links");
        Api api = new Api(Visitor.server());
        Answer refused =
                api.action("/api/update/init", Map.of("email", ada.email().value()));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("account-blocked");
        long before = mails();
        Visitor.clock().advance(Duration.ofSeconds(61));
        Answer mcp = api.post(
                "/mcp",
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \"params\": {\"name\":"
                        + " \"request_profile_edit_link\", \"arguments\": {\"email\": \"" + ada.email() + "\"}}}",
                "Accept",
                "application/json, text/event-stream");
        assertThat(mcp.status()).isEqualTo(200);
        assertThat(mcp.text()).contains("accepted");
        assertThat(mails()).isEqualTo(before);
        Visitor.clock().advance(Duration.ofSeconds(61));
        Browser stranger = new Browser(Visitor.server());
        stranger.form("/link", Map.of("identifier", Integer.toString(ada.pin())));
        assertThat(mails()).isEqualTo(before + 1);
        choose("on");
        Visitor.clock().advance(Duration.ofSeconds(61));
        assertThat(api.action("/api/update/init", Map.of("email", ada.email().value()))
                        .status())
                .isEqualTo(202);
        assertThat(recorded()).isEqualTo(2);
    }

    @Test
    void choosesNothingElse() {
        for (Map<String, String> odd : List.of(Map.<String, String>of(), Map.of("assistants", "perhaps"))) {
            assertThat(browser.ownForm("/account/assistants", odd).status()).isEqualTo(303);
        }
        assertThat(browser.form("/account/assistants", Map.of("assistants", "off"))
                        .status())
                .isEqualTo(403);
        choose("on");
        assertThat(find().assistants()).isTrue();
        assertThat(recorded()).isZero();
    }

    private void choose(String choice) {
        assertThat(browser.ownForm("/account/assistants", Map.of("assistants", choice))
                        .status())
                .isEqualTo(303);
    }

    private long mails() {
        return Sql.count(
                Visitor.context(),
                "SELECT count(*) FROM link_requests WHERE purpose = 'EDIT_PROFILE' AND account_id = '" + ada.id()
                        + "'");
    }

    private long recorded() {
        return Sql.count(
                Visitor.context(),
                "SELECT count(*) FROM changes WHERE fields = 'assistants' AND account_id = '" + ada.id() + "'");
    }

    private Account find() {
        return Visitor.context().getBean(Accounts.class).findById(ada.id()).orElseThrow();
    }
}
