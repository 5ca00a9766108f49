package dev.latchkey.membership.leaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.ServerSecret;
import dev.latchkey.database.Cleaning;
import dev.latchkey.mail.delivery.MailDelivery;
import dev.latchkey.photo.PhotoSweep;
import dev.latchkey.profile.typed.KeptPhotos;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Browser;
import dev.latchkey.support.Cells;
import dev.latchkey.support.Cells.Cell;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import dev.latchkey.support.Folders;
import dev.latchkey.support.Images;
import dev.latchkey.support.Race;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing of a person is left, wherever they were written down. */
@ParameterizedClass
@EnumSource(Database.class)
class ErasureTest {
    private static final String PASSPHRASE = "seven quiet otters";
    private static final String EMAIL = "q.zyx@example.org";
    private static final String MCP = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":"
            + "\"request_profile_edit_link\",\"arguments\":{\"email\":\"" + EMAIL + "\"}}}";

    private final Client api;
    private final ApplicationContext context;
    /** What the dev environment has for tests. */
    private final List<Path> photosOfOthers;

    private final List<Cell> cellsOfOthers;

    ErasureTest(Database database) {
        api = Client.on(database.withTables(), Map.of("latchkey.unknown-user", "conceal"));
        context = api.server().getApplicationContext();
        photosOfOthers = allPhotos();
        cellsOfOthers = cells();
    }

    @AfterEach
    void stop() {
        api.server().close();
    }

    @Test
    @DisplayName("What every door wrote is gone with the account: rows, digests, mails, photos")
    @Asvs("14.2.4")
    void leavesNothing() {
        String[] me = writeEverywhere();
        Answer profile = api.get("/profile/me", me);
        String photo = profile.text("photoUrl").replaceAll(".*/|\\.jpg", "");
        List<String> traces = traces(profile.text("id"), profile.text("pin"));
        traces.add(photo);
        for (String trace : traces) {
            assertThat(cells()).as(trace).anyMatch(cell -> cell.value().contains(trace));
        }
        assertThat(photos()).isNotEmpty();
        api.clock().advance(Duration.ofHours(25));

        assertThat(api.send("DELETE", "/profile/me", Map.of("password", PASSPHRASE), api.bearer(EMAIL, PASSPHRASE))
                        .status())
                .isEqualTo(204);

        assertThat(photos()).isEmpty();
        List<Cell> left = cells();
        for (String trace : traces) {
            assertThat(left).as(trace).noneMatch(cell -> cell.value().contains(trace));
        }
        assertThat(left.stream().map(Cell::table).distinct())
                .isSubsetOf(
                        "link_requests", "budgets", "accounts", "demo_accounts", "profiles", "magic_links", "photos");
        assertThat(left.stream()
                        .filter(cell -> cell.table().equals("link_requests"))
                        .filter(cell -> !cellsOfOthers.contains(cell))
                        .filter(cell -> cell.column().startsWith("caller_")
                                || cell.column().equals("account_id"))
                        .filter(cell -> !cell.column().equals("caller_door"))
                        .map(Cell::value))
                .containsOnly("null");
    }

    @Test
    @DisplayName("Neither is anything left of somebody who moved, closed their account and did not take it back")
    void leavesNothingAfterTheGrace() {
        String moved = "q.zyx@example.net";
        String[] me = writeEverywhere();
        context.getBean(MailDelivery.class).start();
        api.post("/profile/me/email", Map.of("email", moved, "password", PASSPHRASE), me);
        assertThat(api.form(api.mailedLink(moved, "/email/"), Map.of("move", "yes"))
                        .status())
                .isEqualTo(303);
        context.getBean(MailDelivery.class).stop();
        Answer profile = api.get("/profile/me", me);
        String photo = profile.text("photoUrl").replaceAll(".*/|\\.jpg", "");
        List<String> traces = traces(profile.text("id"), profile.text("pin"));
        traces.add(photo);
        traces.add(moved);
        traces.add(context.getBean(ServerSecret.class).mac("subject-digest").of("email:" + moved));
        Browser browser = new Browser(api.server());
        assertThat(browser.form("/account/sign-in", Map.of("email", moved, "passphrase", PASSPHRASE))
                        .status())
                .isEqualTo(303);
        api.clock().advance(Duration.ofMinutes(2));
        assertThat(browser.ownForm("/account/email", Map.of("to", "zyx@example.com", "passphrase", PASSPHRASE))
                        .status())
                .isEqualTo(303);
        assertThat(browser.ownForm("/account/delete", Map.of("passphrase", PASSPHRASE))
                        .header("Location"))
                .isEqualTo("/account/closed");
        assertThat(api.get("/photos/" + photo + ".jpg").status()).isEqualTo(404);
        assertThat(photos()).isNotEmpty();
        init(moved);

        api.clock().advance(Duration.ofHours(72));
        context.getBean(Cleaning.class).clean();

        assertThat(photos()).isEmpty();
        traces.add("zyx@example.com");
        for (String trace : traces) {
            assertThat(cells()).as(trace).noneMatch(cell -> cell.value().contains(trace));
        }
        assertThat(cells().stream().map(Cell::table).distinct())
                .isSubsetOf(
                        "link_requests", "budgets", "accounts", "demo_accounts", "profiles", "magic_links", "photos");
    }

    @Test
    @DisplayName("Deleting while links are asked for, saved and signed in with leaves nothing either")
    void leavesNothingUnderLoad() throws Exception {
        String[] me = writeEverywhere();
        String id = api.get("/profile/me", me).text("id");
        context.getBean(MailDelivery.class).start();
        AtomicBoolean gone = new AtomicBoolean();
        List<Callable<Integer>> crowd = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            crowd.add(whileThere(gone, () -> init(EMAIL)));
            crowd.add(whileThere(
                    gone, () -> api.send("PUT", "/profile/me", Map.of("bio", "Zyx " + Math.random()), me)));
            crowd.add(whileThere(gone, () -> api.post("/auth/login", Map.of("email", EMAIL, "password", PASSPHRASE))));
        }
        crowd.add(() -> {
            int status;
            do {
                status = api.send("DELETE", "/profile/me", Map.of("password", PASSPHRASE), me)
                        .status();
            } while (status == 503);
            gone.set(true);
            return status;
        });

        assertThat(Race.of(crowd).getLast()).isEqualTo(204);

        context.getBean(MailDelivery.class).stop();
        for (String trace : List.of(EMAIL, "Quintessa", "quintessa", "Zyx", id)) {
            assertThat(cells()).as(trace).noneMatch(cell -> cell.value().contains(trace));
        }
        for (String table : List.of(
                "sessions", "proposals", "typed_forms", "kept_photos", "contacts", "consents", "photo_uploads")) {
            assertThat(Sql.count(context, "SELECT count(*) FROM " + table))
                    .as(table)
                    .isZero();
        }
    }

    private static Callable<Integer> whileThere(AtomicBoolean gone, Callable<Answer> call) {
        return () -> {
            int calls = 0;
            while (!gone.get()) {
                assertThat(call.call().status()).isNotEqualTo(500);
                calls++;
            }
            return calls;
        };
    }

    /** Everything that somebody can leave behind here; returns the header that signs them in. */
    private String[] writeEverywhere() {
        api.post("/api/signup/init", Map.of("email", EMAIL, "consent", true, "name", "Quintessa"), action());
        String confirm = api.mailedLink(EMAIL, "/confirm/");
        assertThat(api.form(confirm, Map.of("passphrase", PASSPHRASE)).status()).isEqualTo(303);
        String[] me = api.bearer(EMAIL, PASSPHRASE);
        api.post("/auth/login", Map.of("email", EMAIL, "password", "wrong passphrase"));
        assertThat(api.upload("POST", "/profile/me", Map.of("nickname", "quintessa"), Images.jpeg(64, 64), me)
                        .status())
                .isEqualTo(201);
        assertThat(init(EMAIL).status()).isEqualTo(202);
        api.clock().advance(Duration.ofMinutes(2));
        assertThat(api.form(
                                "/link",
                                Map.of("identifier", api.get("/profile/me", me).text("pin")))
                        .status())
                .isEqualTo(200);
        assertThat(api.post("/mcp", MCP, "Accept", "application/json, text/event-stream")
                        .status())
                .isEqualTo(200);
        String edit = api.mailedLink(EMAIL, "/edit/");
        assertThat(api.upload("POST", edit, Map.of("bio", "Zyx was here."), Images.jpeg(72, 64))
                        .status())
                .isEqualTo(303);
        assertThat(api.form(edit, Map.of("bio", "Zyx came too late.")).status()).isEqualTo(410);
        api.form(edit + "/resend", Map.of());
        String key = api.post("/login", Map.of("email", EMAIL, "password", PASSPHRASE))
                .text("session_key");
        Map<String, String> details = Map.of(
                "first_name",
                "Quintessa",
                "last_name",
                "Zyxwv",
                "country",
                "Nowhere",
                "pin_code",
                "Z1234",
                "contact_country_code",
                "049",
                "contact_number",
                "0123456789");
        assertThat(api.send("PUT", "/user_mngt_user?email=" + EMAIL + "&session_key=" + key, details)
                        .status())
                .isEqualTo(200);
        KeptPhotos uploads = context.getBean(KeptPhotos.class);
        uploads.keepWithSession(Sql.text(context, "SELECT max(id) FROM sessions"), Images.jpeg(8, 8));
        assertThat(Sql.count(context, "SELECT count(*) FROM kept_photos")).isOne();
        // From here on mails wait, and one is parked.
        context.getBean(MailDelivery.class).stop();
        init(EMAIL);
        Sql.run(context, "UPDATE outbox SET state = 'parked'");
        init(EMAIL);
        return me;
    }

    private Answer init(String email) {
        Map<String, Object> body = Map.of("email", email, "proposal", Map.of("bio", "Zyx by chat"));
        return api.post("/api/update/init", body, action());
    }

    private static String[] action() {
        return new String[] {
            "Authorization",
            "Bearer " + Api.KEY,
            "openai-ephemeral-user-id",
            "some user",
            "openai-conversation-id",
            "a chat"
        };
    }

    /** What the person is known by, and the digests of it. */
    private List<String> traces(String id, String pin) {
        ServerSecret secret = context.getBean(ServerSecret.class);
        List<String> traces = new ArrayList<>(List.of(EMAIL, "Quintessa", "quintessa", "Zyx", id, pin));
        for (String subject : List.of("email:" + EMAIL, "pin:" + pin, "account:" + id)) {
            traces.add(secret.mac("subject-digest").of(subject));
        }
        traces.add(secret.mac("session-digest").of("address:" + EMAIL));
        traces.add(secret.mac("budget").of("sign-in at address:" + EMAIL));
        return traces;
    }

    private List<Cell> cells() {
        return Cells.all(context);
    }

    private List<Path> photos() {
        return allPhotos().stream()
                .filter(photo -> !photosOfOthers.contains(photo))
                .toList();
    }

    private List<Path> allPhotos() {
        Path folder = context.getBean(LatchkeySettings.class).dataDir().resolve("photos");
        context.getBean(PhotoSweep.class).sweep();
        return Folders.files(folder);
    }
}
