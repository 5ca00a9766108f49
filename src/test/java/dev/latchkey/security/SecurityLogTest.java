package dev.latchkey.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.read.ListAppender;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Client;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.SignedIn;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What an operator can read of who signed in, who could not, and who was refused. */
final class SecurityLogTest {
    private static final String PASSPHRASE = "seven quiet otters";
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private final EmbeddedServer server = Contexts.server(Database.SQLITE, Map.of());
    private final Api api = new Api(server);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        ROOT.addAppender(log);
    }

    @AfterEach
    void leave() {
        ROOT.detachAppender(log);
    }

    @Test
    @DisplayName("Signing in is logged, right or wrong, with the account and never with what was typed")
    @Asvs({"16.3.1", "16.2.1", "16.2.5"})
    void tellsWhoSignsIn() {
        String email = Client.freshEmail();
        String id = api.post("/auth/signup", Map.of("email", email, "password", PASSPHRASE))
                .text("id");
        api.post("/auth/login", Map.of("email", email, "password", PASSPHRASE));
        api.post("/auth/login", Map.of("email", email, "password", "not these otters"));
        api.post("/auth/login", Map.of("email", Client.freshEmail(), "password", "not these otters"));

        assertThat(lines())
                .contains("A passphrase was right for account " + id)
                .contains("A passphrase was wrong for account " + id)
                .contains("A passphrase was wrong for nobody");
        assertThat(lines()).noneMatch(line -> line.contains("otters") || line.contains("@"));
    }

    @Test
    @DisplayName("Whoever is refused is logged: how, where and under which id, and never with what they presented")
    @Asvs({"16.3.2", "16.3.3"})
    void tellsOfRefusals() {
        Answer missing = api.get("/profile/me");
        Answer forged = api.get("/profile/me", "Authorization", "Bearer forged-and-secret");
        Answer foreign = SignedIn.somebody(server).send("POST", "/mcp", Map.of(), "Origin", "https://evil.example");

        assertThat(lines())
                .contains("Refused with 401: GET /profile/me, request " + missing.header("X-Request-Id"))
                .contains("Refused with 401: GET /profile/me, request " + forged.header("X-Request-Id"))
                .contains("Refused with 403: POST /mcp, request " + foreign.header("X-Request-Id"));
        assertThat(lines()).noneMatch(line -> line.contains("forged-and-secret"));
    }

    @Test
    @DisplayName("What a caller sends makes no line of its own")
    @Asvs("16.4.1")
    void takesNoLinesFromCallers() {
        api.get("/profile/me%0a2026-01-01T00:00:00.000Z%20ERROR%20forged", "User-Agent", "a forged");
        api.post("/auth/login", Map.of("email", "a\nERROR forged@example.com", "password", "b\nERROR forged"));

        assertThat(lines()).noneMatch(line -> line.contains("forged") || line.contains("\n"));
    }

    @Test
    @DisplayName("Each line has its time in UTC, its level and its place, on standard output and nowhere else")
    @Asvs({"16.2.2", "16.2.3", "16.2.4"})
    void hasOneForm() {
        LoggerContext context = new LoggerContext();
        ch.qos.logback.classic.joran.JoranConfigurator configurator =
                new ch.qos.logback.classic.joran.JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(SecurityLogTest.class.getResource("/logback.xml"));
        } catch (ch.qos.logback.core.joran.spi.JoranException e) {
            throw new IllegalStateException(e);
        }
        List<ch.qos.logback.core.Appender<ILoggingEvent>> appenders = new java.util.ArrayList<>();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                .iteratorForAppenders()
                .forEachRemaining(appenders::add);

        assertThat(appenders).singleElement().isInstanceOfSatisfying(ConsoleAppender.class, console -> {
            PatternLayoutEncoder encoder = (PatternLayoutEncoder) console.getEncoder();
            assertThat(encoder.getPattern()).startsWith("%d{yyyy-MM-dd'T'HH:mm:ss.SSSX,UTC} %-5level %logger");
        });
        context.stop();
    }

    private List<String> lines() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
