package dev.latchkey.api.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.account.Account;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.MutableClock;
import dev.latchkey.support.People;
import dev.latchkey.support.SmtpSink;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mail server that behaves as told, and what Status says at each moment. */
@Execution(ExecutionMode.CONCURRENT)
final class StatusWalkTest {
    private static final Pattern TOKEN = Pattern.compile("/edit/([A-Za-z0-9_=\\r\\n-]{56,70})");

    private final SmtpSink sink = SmtpSink.start();
    private EmbeddedServer server;
    private Api api;

    private void start(UnknownUser mode) {
        server = Contexts.serve(
                Database.SQLITE,
                Map.of(
                        "test.clock",
                        true,
                        "latchkey.smtp.port",
                        sink.port(),
                        "latchkey.unknown-user",
                        mode.name().toLowerCase(Locale.ROOT)));
        api = new Api(server);
    }

    @AfterEach
    void stop() {
        server.close();
        sink.close();
    }

    @ParameterizedTest
    @EnumSource(UnknownUser.class)
    @DisplayName("queued, sent, opened, saved: what happens to a mail and what its reader does with it")
    void walksThroughAnEditing(UnknownUser mode) {
        start(mode);
        Account ada = somebody();
        sink.first(1, "RCPT", "451 4.7.1 come back later");
        String request = init(ada);

        await().until(() -> Sql.count(context(), "SELECT count(*) FROM outbox WHERE last_error IS NOT NULL") == 1);
        assertThat(state(request)).isEqualTo("queued");
        passes(Duration.ofMinutes(5));
        awaitState(request, "sent");
        String token = token();
        assertThat(api.post("/api/update/load", "{\"token\":\"" + token + "\"}").status())
                .isEqualTo(200);
        assertThat(state(request)).isEqualTo("opened");
        api.post("/api/update/save", "{\"token\":\"" + token + "\",\"name\":\"Ada\",\"bio\":\"Walks\"}");
        assertThat(state(request)).isEqualTo("saved");
        assertThat(api.status(request).json().path("changed"))
                .extracting(name -> name.asText())
                .containsExactly("bio", "name");
        assertThat(api.status(request).text()).doesNotContain("Walks", "Ada");
        passes(Duration.ofHours(2));
        assertThat(state(request)).isEqualTo("saved");
    }

    @ParameterizedTest
    @EnumSource(UnknownUser.class)
    @DisplayName("expired, also when it was opened in time")
    void tellsThatTimeRanOut(UnknownUser mode) {
        start(mode);
        String request = init(somebody());
        awaitState(request, "sent");
        passes(Duration.ofMinutes(14));
        assertThat(state(request)).isEqualTo("sent");
        api.post("/api/update/load", "{\"token\":\"" + token() + "\"}");
        passes(Duration.ofMinutes(1));
        assertThat(state(request)).isEqualTo("expired");
    }

    @ParameterizedTest
    @EnumSource(UnknownUser.class)
    @DisplayName("undeliverable where a mailbox refuses; concealed it looks like one that took the mail")
    void tellsThatNobodyGotIt(UnknownUser mode) {
        start(mode);
        sink.on("RCPT", "550 5.1.1 no such mailbox");
        String request = init(somebody());
        await().until(() ->
                Sql.count(context(), "SELECT count(*) FROM link_requests WHERE state = 'UNDELIVERABLE'") == 1);

        assertThat(state(request)).isEqualTo(mode == UnknownUser.REPORT ? "undeliverable" : "sent");
        passes(Duration.ofMinutes(16));
        assertThat(state(request)).isEqualTo(mode == UnknownUser.REPORT ? "undeliverable" : "expired");
    }

    @ParameterizedTest
    @EnumSource(UnknownUser.class)
    @DisplayName("revoked when another link was used; concealed it looks like one that waits")
    void tellsThatAnotherLinkWasUsed(UnknownUser mode) {
        start(mode);
        Account ada = somebody();
        String first = init(ada);
        awaitState(first, "sent");
        passes(Duration.ofMinutes(2));
        String second = init(ada);
        awaitState(second, "sent");
        api.post("/api/update/save", "{\"token\":\"" + token() + "\",\"name\":\"Ada\"}");

        assertThat(state(second)).isEqualTo("saved");
        assertThat(state(first)).isEqualTo(mode == UnknownUser.REPORT ? "revoked" : "sent");
    }

    @ParameterizedTest
    @EnumSource(UnknownUser.class)
    @DisplayName(
            "revoked when the account is blocked before the mail leaves; concealed it looks like a mail that was sent")
    void tellsThatTheAccountWasBlocked(UnknownUser mode) {
        start(mode);
        Account ada = somebody();
        sink.first(1, "RCPT", "451 4.7.1 come back later");
        String request = init(ada);
        await().until(() -> Sql.count(context(), "SELECT count(*) FROM outbox WHERE last_error IS NOT NULL") == 1);
        Sql.run(context(), "UPDATE accounts SET status = 'BLOCKED' WHERE id = '" + ada.id() + "'");
        assertThat(state(request)).isEqualTo("queued");

        passes(Duration.ofMinutes(5));
        awaitState(request, mode == UnknownUser.REPORT ? "revoked" : "sent");
        assertThat(sink.received()).isEmpty();
        assertThat(Sql.count(context(), "SELECT count(*) FROM magic_links")).isZero();
        passes(Duration.ofMinutes(16));
        assertThat(state(request)).isEqualTo(mode == UnknownUser.REPORT ? "revoked" : "expired");
    }

    @ParameterizedTest
    @EnumSource(value = UnknownUser.class, names = "CONCEAL")
    @DisplayName("A request for nobody walks like one whose mail nobody opens")
    void walksForNobody(UnknownUser mode) {
        start(mode);
        String request = api.action("/api/update/init", "{\"email\":\"nobody@example.org\"}")
                .text("requestId");

        awaitState(request, "sent");
        passes(Duration.ofMinutes(16));
        assertThat(state(request)).isEqualTo("expired");
        assertThat(sink.received()).isEmpty();
    }

    private ApplicationContext context() {
        return server.getApplicationContext();
    }

    private Account somebody() {
        return People.somebody(context());
    }

    private String init(Account account) {
        return api.action("/api/update/init", "{\"email\":\"" + account.email() + "\"}")
                .text("requestId");
    }

    private String state(String request) {
        return api.status(request).text("state");
    }

    private void awaitState(String request, String state) {
        await().atMost(Duration.ofSeconds(30)).until(() -> state(request).equals(state));
    }

    private void passes(Duration time) {
        context().getBean(MutableClock.class).advance(time);
    }

    /** From the newest mail that came in, whose text is in quoted-printable. */
    private String token() {
        String source = sink.received().getLast().source().replace("=\r\n", "");
        Matcher link = TOKEN.matcher(source);
        assertThat(link.find()).isTrue();
        return link.group(1).replace("=\r\n", "").substring(0, 56);
    }
}
