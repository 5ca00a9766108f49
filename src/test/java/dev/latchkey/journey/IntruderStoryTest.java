package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody reads a mailbox once and takes the account over; its owner clicks "It was not me" in the first notice. */
@ParameterizedClass
@EnumSource(Database.class)
class IntruderStoryTest {
    private static final String OWNERS = "the owner's passphrase";
    private static final String STRANGERS = "a stranger's passphrase";

    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final Api api;
    private final Account owner;
    private final String address;
    private final String elsewhere;

    IntruderStoryTest(Database database) {
        server = Contexts.server(
                database,
                Map.of("test.intruder", true, "latchkey.links-per-minute", 1000, "latchkey.links-per-hour", 1000));
        context = server.getApplicationContext();
        api = new Api(server);
        owner = People.somebody(context);
        address = owner.email().value();
        elsewhere = "stranger-" + owner.pin() + "@example.org";
        context.getBean(Accounts.class)
                .updatePassphraseHash(
                        owner.id(), context.getBean(Passphrases.class).hash(OWNERS, "test"));
    }

    @Test
    @DisplayName("A passphrase changed, sessions opened, the address moved: all of it is undone from the first notice")
    void isUndoneFromTheFirstNotice() {
        String hash = stored().passphraseHash();
        save("A stranger's bio", STRANGERS);
        String firstNotice = Links.undo(context, owner);
        assertThat(logIn(address, OWNERS).status()).isEqualTo(401);
        String bearer = logIn(address, STRANGERS).text("access_token");
        Api stranger = new Api(server, "Authorization", "Bearer " + bearer);
        String key = api.post("/login", Map.of("email", address, "password", STRANGERS))
                .text("session_key");
        Answer signedIn = api.form("/account/sign-in", Map.of("email", address, "passphrase", STRANGERS));
        String cookie = signedIn.header("Set-Cookie").split(";")[0];
        assertThat(api.get("/account/profile", "Cookie", cookie).status()).isEqualTo(200);
        move(stranger);
        assertThat(stored().email().value()).isEqualTo(elsewhere);
        stranger.send("PUT", "/profile/me", Map.of("name", "Stranger"));
        String strangersNotice = Links.undo(context, owner);
        String open = Links.fresh(context, stored());

        assertThat(Api.browser(server)
                        .get("/undo/" + firstNotice)
                        .html()
                        .select(".restored dd")
                        .eachText())
                .as("the page says that the address comes back, too")
                .contains(address);
        Answer undone = api.post("/api/update/undo", Map.of("token", firstNotice));

        assertThat(undone.status()).isEqualTo(200);
        assertThat(undone.json().path("restored").toString()).isEqualTo("[\"bio\",\"email\",\"passphrase\"]");
        assertThat(stored().email().value()).isEqualTo(address);
        assertThat(stored().verified()).isTrue();
        assertThat(stored().passphraseHash()).isEqualTo(hash);
        assertThat(stranger.get("/profile/me").status()).isEqualTo(401);
        assertThat(api.get("/user_mngt_user?email=" + address + "&session_key=" + key)
                        .status())
                .isEqualTo(401);
        assertThat(api.get("/account/profile", "Cookie", cookie).status()).isEqualTo(303);
        assertThat(api.post("/api/update/save", Map.of("token", open, "bio", "Again"))
                        .status())
                .isEqualTo(410);
        assertThat(logIn(address, STRANGERS).status()).isEqualTo(401);
        assertThat(logIn(elsewhere, STRANGERS).status()).isEqualTo(401);
        assertThat(api.action("/api/update/init", Map.of("email", elsewhere)).status())
                .isEqualTo(404);
        assertThat(logIn(address, OWNERS).status()).isEqualTo(200);

        assertThat(api.post("/api/update/undo", Map.of("token", strangersNotice))
                        .status())
                .as("a notice that went to the stranger's mailbox")
                .isEqualTo(410);
        assertThat(stored().email().value()).isEqualTo(address);
    }

    @Test
    @DisplayName("What the stranger did besides can still be undone by the owner")
    void leavesTheOwnerTheRest() {
        save("A stranger's bio", STRANGERS);
        String firstNotice = Links.undo(context, owner);
        Api stranger = new Api(
                server, "Authorization", "Bearer " + logIn(address, STRANGERS).text("access_token"));
        move(stranger);
        stranger.send("PUT", "/profile/me", Map.of("name", "Stranger"));
        api.post("/api/update/undo", Map.of("token", firstNotice));

        Api mine = new Api(
                server, "Authorization", "Bearer " + logIn(address, OWNERS).text("access_token"));
        assertThat(mine.get("/profile/me").text("name")).isEqualTo("Stranger");
        String name = Sql.text(
                context, "SELECT undo_id FROM changes WHERE account_id = '" + owner.id() + "' AND fields = 'name'");
        String token = context.getBean(LinkTokens.class).mint(name, LinkPurpose.UNDO_CHANGE);
        assertThat(api.post("/api/update/undo", Map.of("token", token)).status())
                .isEqualTo(200);
        assertThat(Sql.text(context, "SELECT name FROM profiles WHERE account_id = '" + owner.id() + "'"))
                .isNull();
        assertThat(stored().email().value()).isEqualTo(address);
    }

    private void move(Api stranger) {
        assertThat(stranger.post("/profile/me/email", Map.of("email", elsewhere, "password", STRANGERS))
                        .status())
                .isEqualTo(202);
        String id = Sql.text(
                context, "SELECT link_id FROM email_moves WHERE account_id = '" + owner.id() + "' AND state = 'OPEN'");
        String token = context.getBean(LinkTokens.class).mint(id, LinkPurpose.CHANGE_EMAIL);
        assertThat(api.form("/email/" + token, Map.of("move", "yes")).status()).isEqualTo(303);
    }

    private void save(String bio, String passphrase) {
        Map<String, String> change = Map.of("token", Links.fresh(context, owner), "bio", bio, "passphrase", passphrase);
        assertThat(api.post("/api/update/save", change).status()).isEqualTo(200);
    }

    private Answer logIn(String email, String passphrase) {
        return api.post("/auth/login", Map.of("email", email, "password", passphrase));
    }

    private Account stored() {
        return context.getBean(Accounts.class).findById(owner.id()).orElseThrow();
    }
}
