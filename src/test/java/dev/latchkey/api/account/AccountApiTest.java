package dev.latchkey.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Client;
import dev.latchkey.support.Images;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row of the contract's section 4, its success and its refusals, as a client sees them. */
class AccountApiTest {
    private static final String PASSPHRASE = "seven quiet otters";

    private final Client api = Client.shared();
    private final String email = Client.freshEmail();

    @Test
    @DisplayName("From sign-up to deletion")
    void tellsTheWholeStory() {
        Answer created = api.post(
                "/auth/signup",
                Map.of(
                        "email",
                        email,
                        "password",
                        PASSPHRASE,
                        "name",
                        "Ada",
                        "pronouns",
                        "she/her",
                        "locale",
                        "pt-br"));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().size()).isEqualTo(5);
        assertThat(created.text("email")).isEqualTo(email);
        assertThat(created.text("name")).isEqualTo("Ada");
        assertThat(created.text("bio")).isEqualTo("null");
        assertThat(created.text("pin")).matches("[1-9][0-9]{8}");
        assertThat(api.mailedLink(email, "/confirm/")).startsWith("/confirm/");

        Answer login = api.post("/auth/login", Map.of("email", email, "password", PASSPHRASE));
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.text("token_type")).isEqualTo("bearer");
        assertThat(login.text("expires_in")).isEqualTo("10800");
        String[] me = {"Authorization", "Bearer " + login.text("access_token")};

        Answer before = api.get("/profile/me", me);
        assertThat(before.status()).isEqualTo(200);
        assertThat(before.text("version")).isEqualTo("0");
        assertThat(before.text("emailVerified")).isEqualTo("false");
        assertThat(before.text("name")).isEqualTo("Ada");
        assertThat(before.text("pronouns")).isEqualTo("she/her");
        assertThat(before.text("locale")).isEqualTo("pt-BR");
        assertThat(api.send("PUT", "/profile/me", Map.of("bio", "x"), me).text("type"))
                .isEqualTo("/problems/no-profile");

        Answer profile = api.post("/profile/me", Map.of("bio", "Hello."), me);
        assertThat(profile.status()).isEqualTo(201);
        assertThat(profile.text("name")).isEqualTo("Ada");
        assertThat(profile.text("bio")).isEqualTo("Hello.");
        assertThat(profile.header("ETag")).isEqualTo("\"1\"");
        Answer again = api.post("/profile/me", Map.of("bio", "Again."), me);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("type")).isEqualTo("/problems/profile-exists");

        assertThat(api.send("DELETE", "/profile/me", Map.of("password", PASSPHRASE), me)
                        .status())
                .isEqualTo(204);
        assertThat(api.get("/profile/me", me).text("type")).isEqualTo("/problems/token-invalid");
        assertThat(api.post("/auth/login", Map.of("email", email, "password", PASSPHRASE))
                        .status())
                .isEqualTo(401);
        assertThat(api.post("/auth/signup", Map.of("email", email, "password", PASSPHRASE))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void refusesASecondAccountWithTheSameAddressInAnyCase() {
        api.post("/auth/signup", Map.of("email", email, "password", PASSPHRASE));
        Answer taken = api.post("/auth/signup", Map.of("email", email.toUpperCase(), "password", PASSPHRASE));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.text("type")).isEqualTo("/problems/email-taken");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{}`|/email",
                "`{\"email\":\"x@example.org\"}`|/password",
                "`{\"email\":\"no address\",\"password\":\"seven quiet otters\"}`|/email",
                "`{\"email\":\"a@b.example, c@d.example\",\"password\":\"seven quiet otters\"}`|/email",
                "`{\"email\":\"x\\r\\nBcc: y@example.org\",\"password\":\"seven quiet otters\"}`|/email",
                "`{\"email\":\"short@example.org\",\"password\":\"short\"}`|/password",
                "`{\"email\":\"common@example.org\",\"password\":\"password1\"}`|/password",
                "`{\"email\":\"same@example.org\",\"password\":\"same@example.org\"}`|/password",
                "`{\"email\":\"loc@example.org\",\"password\":\"seven quiet otters\",\"locale\":\"xx_YY\"}`|/locale"
            },
            delimiter = '|')
    void refusesASignUpThatCannotBeKept(String body, String pointer) {
        Answer refused = api.post("/auth/signup", body);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("type")).isEqualTo("/problems/invalid-fields");
        assertThat(refused.json().get("errors").get(0).get("pointer").asText()).isEqualTo(pointer);
    }

    @Test
    void signsInWithTheFormOfOAuth2() {
        api.post("/auth/signup", Map.of("email", email, "password", PASSPHRASE));
        String form = "grant_type=password&username=" + encode(email) + "&password=" + encode(PASSPHRASE);
        Answer login = api.form("/auth/login", form);
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.header("Cache-Control")).isEqualTo("no-store");
        assertThat(api.form("/auth/login", form.replace("grant_type=password", "grant_type=implicit"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void answersTheSameWhetherTheAccountIsKnownOrNot() {
        api.post("/auth/signup", Map.of("email", email, "password", PASSPHRASE));
        Answer wrong = api.post("/auth/login", Map.of("email", email, "password", "another passphrase"));
        Answer unknown = api.post("/auth/login", Map.of("email", Client.freshEmail(), "password", PASSPHRASE));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.text("type")).isEqualTo("/problems/invalid-credentials");
        assertThat(withoutId(unknown)).isEqualTo(withoutId(wrong));
        assertThat(unknown.header("WWW-Authenticate")).isEqualTo(wrong.header("WWW-Authenticate"));
    }

    @Test
    void endsATokenAtOnceWhenItIsLoggedOut() {
        String[] me = api.signedIn(email, PASSPHRASE);
        String[] elsewhere = api.bearer(email, PASSPHRASE);
        assertThat(api.post("/auth/logout", null, me).status()).isEqualTo(204);
        assertThat(api.post("/auth/logout", null, me).text("type")).isEqualTo("/problems/token-invalid");
        assertThat(api.get("/profile/me", elsewhere).status()).isEqualTo(200);
    }

    @Test
    void refusesAMissingAndAnExpiredToken() {
        Answer missing = api.get("/profile/me");
        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.text("type")).isEqualTo("/problems/token-missing");
        assertThat(missing.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        String[] me = api.signedIn(email, PASSPHRASE);
        api.clock().advance(Duration.ofMinutes(180).minusMillis(1));
        assertThat(api.get("/profile/me", me).status()).isEqualTo(200);
        api.clock().advance(Duration.ofMillis(1));
        Answer expired = api.get("/profile/me", me);
        assertThat(expired.text("type")).isEqualTo("/problems/token-expired");
        assertThat(expired.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "test-action-key-0123456789", "..", "eyJhbGciOiJub25lIn0.e30."})
    void refusesATokenThatIsNone(String token) {
        Answer refused = api.get("/profile/me", "Authorization", "Bearer " + token);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text("type")).isEqualTo("/problems/token-invalid");
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    @Test
    @Asvs({"8.2.3", "15.3.3"})
    void changesOnlyWhatIsNamedAndOnlyTheVersionThatWasRead() {
        String[] me = api.signedIn(email, PASSPHRASE);
        api.post("/profile/me", Map.of("bio", "One.", "name", "Ada"), me);
        Answer changed = api.send("PUT", "/profile/me", Map.of("bio", "Two."), with(me, "If-Match", "\"1\""));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text("name")).isEqualTo("Ada");
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        Answer stale = api.send("PUT", "/profile/me", Map.of("bio", "Three."), with(me, "If-Match", "\"1\""));
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.text("type")).isEqualTo("/problems/precondition-failed");
        assertThat(stale.json().get("current").get("bio").asText()).isEqualTo("Two.");
        assertThat(api.send("PUT", "/profile/me", Map.of("bio", "Four."), with(me, "If-Match", "*"))
                        .text("version"))
                .isEqualTo("3");
        assertThat(api.send("PUT", "/profile/me", Map.of("bio", "x".repeat(2001)), me)
                        .status())
                .isEqualTo(422);
        assertThat(api.send("PUT", "/profile/me", Map.of("bio", 7), me).status())
                .isEqualTo(400);
    }

    @Test
    void refusesANicknameThatSomebodyElseHas() {
        String nickname = "n" + email.substring(1, email.indexOf('@')) + "_x";
        String[] other = confirmed(Client.freshEmail());
        assertThat(api.post("/profile/me", Map.of("nickname", nickname), other).text("nickname"))
                .isEqualTo(nickname);
        String[] me = confirmed(email);
        api.post("/profile/me", Map.of(), me);
        Answer taken = api.send("PUT", "/profile/me", Map.of("nickname", nickname), me);
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.text("type")).isEqualTo("/problems/nickname-taken");
    }

    @Test
    void keepsNicknamesForThoseWhoConfirmedTheirAddress() {
        String nickname = "n" + email.substring(1, email.indexOf('@')) + "_y";
        String[] me = api.signedIn(email, PASSPHRASE);
        Answer refused = api.post("/profile/me", Map.of("name", "Ada", "nickname", nickname), me);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("type")).isEqualTo("/problems/invalid-fields");
        assertThat(refused.json().get("errors").get(0).get("pointer").asText()).isEqualTo("/nickname");
        assertThat(refused.json().get("errors").get(0).get("detail").asText())
                .isEqualTo("Confirm your email address first, then choose a nickname.");
        assertThat(api.post("/profile/me", Map.of("name", "Ada", "nickname", ""), me)
                        .status())
                .isEqualTo(201);
        assertThat(api.send("PUT", "/profile/me", Map.of("nickname", nickname), me)
                        .status())
                .isEqualTo(422);
        String[] owner = confirmed(Client.freshEmail());
        assertThat(api.post("/profile/me", Map.of("nickname", nickname), owner).status())
                .isEqualTo(201);
    }

    @Test
    void takesAPhotoWithTheProfileAndAlone() {
        String[] me = api.signedIn(email, PASSPHRASE);
        Answer created = api.upload("POST", "/profile/me", Map.of("bio", "Hi"), Images.jpeg(64, 64), me);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("photoUrl")).matches("http://localhost/photos/[0-9a-f]+\\.jpg");
        String path = created.text("photoUrl").substring("http://localhost".length());
        assertThat(api.get(path).status()).isEqualTo(200);
        Answer other = api.upload("PUT", "/profile/me/photo", Map.of(), Images.jpeg(80, 64), me);
        assertThat(other.status()).isEqualTo(200);
        assertThat(other.text("photoUrl")).isNotEqualTo(created.text("photoUrl"));
        assertThat(api.upload("PUT", "/profile/me/photo", Map.of(), "<html>".getBytes(StandardCharsets.UTF_8), me)
                        .status())
                .isEqualTo(415);
        assertThat(api.send("DELETE", "/profile/me/photo", null, me).status()).isEqualTo(204);
        assertThat(api.get("/profile/me", me).text("photoUrl")).isEqualTo("null");
    }

    @Test
    void takesThePhotoAlongWhenTheAccountGoes() {
        String[] me = api.signedIn(email, PASSPHRASE);
        Answer created = api.upload("POST", "/profile/me", Map.of(), Images.jpeg(96, 33), me);
        String path = created.text("photoUrl").substring("http://localhost".length());
        assertThat(api.send("DELETE", "/profile/me", Map.of("password", "wrong passphrase"), me)
                        .text("type"))
                .isEqualTo("/problems/invalid-credentials");
        assertThat(api.get(path).status()).isEqualTo(200);
        assertThat(api.send("DELETE", "/profile/me", Map.of("password", PASSPHRASE), me)
                        .status())
                .isEqualTo(204);
        assertThat(api.get(path).status()).isEqualTo(404);
    }

    @Test
    @Asvs({"6.2.2", "6.2.3", "7.4.3"})
    void changesThePassphraseAndEndsAllOtherSessions() {
        String[] me = api.signedIn(email, PASSPHRASE);
        String[] elsewhere = api.bearer(email, PASSPHRASE);
        assertThat(api.send("PUT", "/profile/me/passphrase", Map.of("current", "wrong one", "new", "x"), me)
                        .text("type"))
                .isEqualTo("/problems/invalid-credentials");
        Answer weak = api.send("PUT", "/profile/me/passphrase", Map.of("current", PASSPHRASE, "new", "short"), me);
        assertThat(weak.status()).isEqualTo(422);
        assertThat(weak.json().get("errors").get(0).get("pointer").asText()).isEqualTo("/new");
        Map<String, String> change = Map.of("current", PASSPHRASE, "new", "eight calm herons");
        assertThat(api.send("PUT", "/profile/me/passphrase", change, me).status())
                .isEqualTo(204);
        assertThat(api.get("/profile/me", me).status()).isEqualTo(200);
        assertThat(api.get("/profile/me", elsewhere).text("type")).isEqualTo("/problems/token-invalid");
        assertThat(api.post("/auth/login", Map.of("email", email, "password", PASSPHRASE))
                        .status())
                .isEqualTo(401);
        assertThat(api.post("/auth/login", Map.of("email", email, "password", "eight calm herons"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void confirmsTheAddressOnceThroughAFreshLink() {
        String[] me = api.signedIn(email, PASSPHRASE);
        String first = api.mailedLink(email, "/confirm/");
        assertThat(api.post("/profile/me/verification", null, me).status()).isEqualTo(202);
        assertThat(api.get(first).text()).contains("Confirm your email address");
        assertThat(api.get("/profile/me", me).text("emailVerified")).isEqualTo("false");
        assertThat(api.form(first, "existing=keep").status()).isEqualTo(303);
        assertThat(api.get("/profile/me", me).text("emailVerified")).isEqualTo("true");
        assertThat(api.post("/profile/me/verification", null, me).text("type")).isEqualTo("/problems/already-verified");
        assertThat(api.get(first).status()).isEqualTo(410);
        assertThat(api.get(first + "/done").text()).contains("Your address is confirmed");
        assertThat(api.get("/confirm/" + "A".repeat(48)).status()).isEqualTo(404);
    }

    @Test
    void slowsDownGuessingAndTellsForHowLong() {
        api.post("/auth/signup", Map.of("email", email, "password", PASSPHRASE));
        for (int i = 0; i < 5; i++) {
            assertThat(api.post("/auth/login", Map.of("email", email, "password", "wrong guess " + i))
                            .status())
                    .isEqualTo(401);
        }
        Answer slow = api.post("/auth/login", Map.of("email", email, "password", PASSPHRASE));
        assertThat(slow.status()).isEqualTo(429);
        assertThat(slow.header("Retry-After")).isEqualTo("1");
        api.clock().advance(Duration.ofSeconds(1));
        assertThat(api.post("/auth/login", Map.of("email", email, "password", PASSPHRASE))
                        .status())
                .isEqualTo(200);
    }

    private String[] confirmed(String address) {
        String[] bearer = api.signedIn(address, PASSPHRASE);
        assertThat(api.form(api.mailedLink(address, "/confirm/"), "existing=keep")
                        .status())
                .isEqualTo(303);
        return bearer;
    }

    private static String[] with(String[] headers, String name, String value) {
        return new String[] {headers[0], headers[1], name, value};
    }

    private static String withoutId(Answer answer) {
        return answer.text().replaceFirst("\"instance\":\"[^\"]*\"", "");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
