package dev.latchkey.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxMessages;
import dev.latchkey.profile.importing.AccountImport;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Cells;
import dev.latchkey.support.Client;
import dev.latchkey.support.Database;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.exceptions.IllegalTransactionStateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Which events there are of what happens to an account, and what they say; nobody listens at their address. */
@ParameterizedClass
@EnumSource(Database.class)
class EventsTest {
    private static final String PASSPHRASE = "seven quiet otters";
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[24]);

    private final Client api;
    private final ApplicationContext context;
    private final OutboxMessages outbox;

    EventsTest(Database database) {
        api = Client.on(
                database.withTables(),
                Map.of("latchkey.webhook-url", "http://127.0.0.1:9/hook", "latchkey.webhook-secret", SECRET));
        context = api.server().getApplicationContext();
        outbox = context.getBean(OutboxMessages.class);
    }

    @AfterEach
    void stop() {
        api.server().close();
    }

    @Test
    @DisplayName("An account's life is told in names: made, verified, changed, undone, moved")
    void tellsALife() {
        String email = Client.freshEmail();
        api.post(
                "/api/signup/init",
                Map.of("email", email, "consent", true, "name", "Quintessa"),
                "Authorization",
                "Bearer " + Api.KEY);
        assertThat(types()).containsExactly("account.created");
        assertThat(api.form(api.mailedLink(email, "/confirm/"), Map.of("passphrase", PASSPHRASE))
                        .status())
                .isEqualTo(303);
        assertThat(types()).containsExactly("account.created", "account.verified", "profile.changed");
        String[] me = api.bearer(email, PASSPHRASE);
        Answer profile = api.get("/profile/me", me);
        String id = profile.text("id");
        int pin = Integer.parseInt(profile.text("pin"));
        assertThat(data(0)).containsExactly(entry("accountId", id), entry("pin", pin), entry("door", "action"));
        assertThat(data(1)).containsExactly(entry("accountId", id), entry("pin", pin));
        assertThat(data(2))
                .containsExactly(
                        entry("accountId", id),
                        entry("pin", pin),
                        entry("changed", List.of("passphrase")),
                        entry("door", "link"));

        assertThat(api.post("/profile/me", Map.of("bio", "Zyx was here.", "locale", "de"), me)
                        .status())
                .isEqualTo(201);
        assertThat(types()).hasSize(4).last().isEqualTo("profile.changed");
        assertThat(data(3)).contains(entry("changed", List.of("bio", "locale")), entry("door", "account-api"));
        assertThat(api.send("PUT", "/profile/me", Map.of("bio", "Zyx was here."), me)
                        .status())
                .isEqualTo(200);
        assertThat(types()).as("nothing was changed").hasSize(4);

        assertThat(api.post("/profile/me/email", Map.of("email", "new." + email, "password", PASSPHRASE), me)
                        .status())
                .isEqualTo(202);
        assertThat(types()).as("asking moves nobody").hasSize(4);
        assertThat(api.form(api.mailedLink("new." + email, "/email/"), Map.of("move", "yes"))
                        .status())
                .isEqualTo(303);
        assertThat(types()).hasSize(5).last().isEqualTo("email.changed");
        assertThat(data(4))
                .containsExactly(
                        entry("accountId", id),
                        entry("pin", pin),
                        entry("email", "new." + email),
                        entry("door", "link"));

        String token = api.mailedLink(email, "/undo/").substring("/undo/".length());
        assertThat(api.post("/api/update/undo", Map.of("token", token)).status())
                .isEqualTo(200);
        assertThat(types()).hasSize(7).endsWith("profile.undone", "email.changed");
        assertThat(data(5)).containsEntry("door", "undo").containsKey("changed");
        assertThat(data(6)).contains(entry("email", email));
        assertThat(bodies()).noneMatch(body -> body.matches(".*(Quintessa|Zyx|" + PASSPHRASE + "|argon2).*"));
    }

    @Test
    @DisplayName("Every door that makes accounts says so: the account API, the session-key API, an import")
    void tellsOfEveryNewAccount(@TempDir Path folder) throws IOException {
        api.post("/auth/signup", Map.of("email", Client.freshEmail(), "password", PASSPHRASE));
        assertThat(data(0)).containsEntry("door", "account-api");
        String email = Client.freshEmail();
        assertThat(api.post("/register", Map.of("email", email, "password", "a1b2c3"))
                        .status())
                .isIn(200, 201);
        assertThat(data(1)).containsEntry("door", "session-key-api");
        Path users = Files.writeString(
                folder.resolve("users.csv"),
                "email,name,pin\na@example.net,Ada,200000001\nb@example.net,Bob,200000002\n" + email + ",Eve,\n");
        context.getBean(AccountImport.class).run(users, new AccountImport.Listener() {
            @Override
            public void refused(long line, String reason) {}

            @Override
            public void notice(String sentence) {}

            @Override
            public void progress(long lines) {}
        });
        assertThat(types()).hasSize(4).containsOnly("account.created");
        assertThat(List.of(data(2), data(3)))
                .extracting(data -> data.get("pin"), data -> data.get("door"))
                .containsExactlyInAnyOrder(tuple(200000001, "import"), tuple(200000002, "import"));
    }

    @Test
    @DisplayName("After an erasure only the event of it is left, with the account's id and nothing else")
    void keepsOnlyTheIdOfWhatIsGone() {
        String email = Client.freshEmail();
        api.signedIn(email, PASSPHRASE);
        api.form(api.mailedLink(email, "/confirm/"), Map.of("passphrase", PASSPHRASE));
        String[] me = api.bearer(email, PASSPHRASE);
        Answer profile = api.get("/profile/me", me);
        assertThat(types()).contains("account.created", "account.verified");

        assertThat(api.send("DELETE", "/profile/me", Map.of("password", PASSPHRASE), me)
                        .status())
                .isEqualTo(204);

        assertThat(types()).containsExactly("account.deleted");
        assertThat(data(0)).containsExactly(entry("accountId", profile.text("id")));
        assertThat(Cells.all(context))
                .noneMatch(cell -> cell.value().contains(email) || cell.value().contains(profile.text("pin")));
    }

    @Test
    @DisplayName("What is undone was never told, and outside a transaction nothing is taken in")
    void tellsNothingThatDidNotHappen() {
        Events events = context.getBean(Events.class);
        List<Event> happened = List.of(Event.of(EventType.ACCOUNT_BLOCKED, UUID.randomUUID(), 100000001));
        assertThatThrownBy(() -> events.tell(() -> happened)).isInstanceOf(IllegalTransactionStateException.class);
        transactions().executeWrite(status -> {
            events.tell(() -> happened);
            status.setRollbackOnly();
            return true;
        });
        assertThat(types()).isEmpty();
        transactions().executeWrite(status -> {
            events.tell(() -> happened);
            return true;
        });
        assertThat(types()).containsExactly("account.blocked");
    }

    private List<OutboxMessage> rows() {
        return outbox.findWaiting(100).stream()
                .filter(row -> row.channel().equals("webhook"))
                .sorted(Comparator.comparing(row -> row.id().toString()))
                .toList();
    }

    private List<String> types() {
        return new ArrayList<>(rows().stream().map(OutboxMessage::kind).toList());
    }

    private List<String> bodies() {
        return rows().stream().map(row -> String.valueOf(row.body())).toList();
    }

    private Map<String, Object> data(int number) {
        try {
            Map<String, Object> message = context.getBean(JsonMapper.class)
                    .readValue(bodies().get(number), Argument.mapOf(String.class, Object.class));
            assertThat(message.keySet()).containsExactly("type", "timestamp", "data");
            assertThat(message).containsEntry("type", types().get(number));
            @SuppressWarnings("unchecked") // It is an object.
            Map<String, Object> data = (Map<String, Object>) message.get("data");
            return data;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // There is one data source, and it gives JDBC connections.
    private TransactionOperations<Connection> transactions() {
        return context.getBean(TransactionOperations.class);
    }
}
