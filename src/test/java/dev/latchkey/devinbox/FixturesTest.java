package dev.latchkey.devinbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.DemoAccounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FixturesTest {
    private static final Map<String, Object> ANY_PORTS =
            Map.of("latchkey.dev-smtp-port", 0, "latchkey.dev-imap-port", 0, "latchkey.smtp.port", 0);

    private final DevServer server = DevServer.on(Database.SQLITE);

    @BeforeEach
    void begin() {
        server.reset();
    }

    @Test
    @DisplayName("Every fixture is listed with what a test needs of it, and all that may sign in can")
    void areListed() {
        JsonNode all = server.get("/dev/fixtures").json();
        assertThat(all).hasSize(7);
        all.forEach(fixture -> {
            String name = fixture.path("name").asText();
            Answer login = server.login(
                    fixture.path("email").asText(), fixture.path("passphrase").asText());
            assertThat(login.status()).as(name).isEqualTo(name.equals("blocked") ? 401 : 200);
            assertThat(fixture.path("link").isNull()).as(name).isEqualTo(!name.endsWith("-link"));
        });
        assertThat(fixture("demo").path("email").asText()).isEqualTo(DevServer.ADA);
        assertThat(fixture("demo").path("pin").asInt()).isEqualTo(100_000_001);
    }

    @Test
    @DisplayName("One is PRO with a whole profile, one has a photo, one reads Arabic")
    void haveProfiles() throws Exception {
        JsonNode pro = me("pro");
        assertThat(pro.path("tier").asText()).isEqualTo("PRO");
        assertThat(pro.path("emailVerified").asBoolean()).isTrue();
        assertThat(pro.path("nickname").asText()).isNotEmpty();
        JsonNode photo = me("photo");
        assertThat(photo.path("tier").asText()).isEqualTo("FREE");
        Answer picture = server.get(URI.create(photo.path("photoUrl").asText()).getPath());
        assertThat(ImageIO.read(new ByteArrayInputStream(picture.bytes())).getWidth())
                .isEqualTo(512);
        JsonNode arabic = me("arabic");
        assertThat(arabic.path("locale").asText()).isEqualTo("ar");
        assertThat(arabic.path("name").asText() + arabic.path("bio").asText())
                .matches(text -> text.codePoints()
                        .filter(Character::isLetter)
                        .allMatch(point -> Character.UnicodeScript.of(point) == Character.UnicodeScript.ARABIC));
        String address = fixture("arabic").path("email").asText();
        server.init(address);
        assertThat(server.mail(address).text("html")).contains("lang=\"ar\"", "dir=\"rtl\"");
    }

    @Test
    @DisplayName("One is blocked: Init says so")
    void oneIsBlocked() {
        Answer init = server.action(
                "/api/update/init",
                Map.of("email", fixture("blocked").path("email").asText()));
        assertThat(init.problem()).isEqualTo("account-blocked");
    }

    @Test
    @DisplayName("One link ran out and one was used: Load and the page say so, and no mail of them is in the inbox")
    void twoLinksAreDead() {
        assertThat(load("expired-link").problem()).isEqualTo("link-expired");
        assertThat(load("used-link").problem()).isEqualTo("link-used");
        for (String name : new String[] {"expired-link", "used-link"}) {
            String path = URI.create(fixture(name).path("link").asText()).getPath();
            assertThat(Api.browser(server.server()).get(path).status()).isEqualTo(410);
            // A fresh link for the same account leaves the listed one as it is.
            server.init(fixture(name).path("email").asText());
            server.mail(fixture(name).path("email").asText());
            assertThat(URI.create(fixture(name).path("link").asText()).getPath())
                    .isEqualTo(path);
        }
        server.reset();
        assertThat(server.get("/dev/inbox/messages").text()).isEqualTo("[]");
    }

    @Test
    @DisplayName(
            "A second start on the same data leaves what became of fixtures, makes those that are gone, and marks all")
    void areMadeOnce() {
        Map<String, Object> database = Database.SQLITE.fresh();
        EmailAddress pro = new EmailAddress("pro@fixture.example");
        EmailAddress moved = new EmailAddress("moved@example.org");
        try (EmbeddedServer first = Contexts.serveDev(database, ANY_PORTS)) {
            Accounts accounts = first.getApplicationContext().getBean(Accounts.class);
            accounts.move(accounts.findByEmail(pro).orElseThrow().id(), moved, null, Instant.now());
            accounts.remove(accounts.findByEmail(new EmailAddress("used@fixture.example"))
                    .orElseThrow()
                    .id());
        }
        try (EmbeddedServer second = Contexts.serveDev(database, ANY_PORTS)) {
            Accounts accounts = second.getApplicationContext().getBean(Accounts.class);
            assertThat(accounts.findByEmail(pro)).isEmpty();
            assertThat(second.getApplicationContext()
                            .getBean(DemoAccounts.class)
                            .addresses())
                    .containsExactly(
                            "ada@example.com",
                            "arabic@fixture.example",
                            "blocked@fixture.example",
                            "expired@fixture.example",
                            "moved@example.org",
                            "photo@fixture.example",
                            "used@fixture.example");
        }
    }

    private Answer load(String name) {
        String link = fixture(name).path("link").asText();
        return server.post("/api/update/load", Map.of("token", link.substring(link.lastIndexOf('/') + 1)));
    }

    private JsonNode me(String name) {
        String token = server.login(fixture(name).path("email").asText(), DevServer.PASSPHRASE)
                .text("access_token");
        return server.get("/profile/me", "Authorization", "Bearer " + token).json();
    }

    private JsonNode fixture(String name) {
        return StreamSupport.stream(server.get("/dev/fixtures").json().spliterator(), false)
                .filter(fixture -> fixture.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
