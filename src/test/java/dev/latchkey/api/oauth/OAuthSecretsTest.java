package dev.latchkey.api.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.latchkey.account.Account;
import dev.latchkey.oauth.client.PredefinedClients;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What opens a grant is nowhere that somebody could read it later: not in the database's files, and in no line of a log. */
class OAuthSecretsTest {
    private static final String ALL = "profile:read profile:propose offline_access";

    @Test
    @Asvs({"14.2.4", "16.2.5"})
    void nothingThatOpensAGrantIsKeptOrLogged() throws IOException {
        Map<String, Object> database = Database.SQLITE.fresh();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = (Logger) LoggerFactory.getLogger("dev.latchkey");
        Level before = ours.getLevel();
        List<String> secrets;
        log.start();
        root.addAppender(log);
        ours.setLevel(Level.TRACE);
        try (EmbeddedServer server = Contexts.serve(database, PredefinedClients.SETTINGS)) {
            secrets = playThrough(server);
            String id = Sql.text(server.getApplicationContext(), "SELECT id FROM grants");
            assertThat(everything(database)).as("what is kept is found there").contains(id);
            assertThat(everything(database)).doesNotContain(secrets.toArray(String[]::new));
        } finally {
            ours.setLevel(before);
            root.detachAppender(log);
        }

        String logged = log.list.stream()
                .map(event -> event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .collect(Collectors.joining("\n"));
        assertThat(logged).isNotEmpty().doesNotContain(secrets.toArray(String[]::new));
    }

    /** All that a client ever sees or says, used rightly and wrongly; one grant stays. */
    private static List<String> playThrough(EmbeddedServer server) {
        ApplicationContext context = server.getApplicationContext();
        Account somebody = People.somebody(context);
        String credentials = new ClientSecretBasic(
                        new ClientID(PredefinedClients.CLOSED), new Secret(PredefinedClients.SECRET))
                .toHTTPAuthorizationHeader();
        Assistant assistant = new Assistant(
                new Api(server),
                PredefinedClients.CLOSED,
                PredefinedClients.CLOSED_REDIRECT,
                "Authorization",
                credentials);
        List<String> secrets = new ArrayList<>(List.of(
                assistant.verifier.getValue(), PredefinedClients.SECRET, credentials.substring("Basic ".length())));
        for (int i = 0; i < 2; i++) {
            String code = assistant.code(context, somebody, ALL);
            Answer first = assistant.redeem(code);
            Answer second = assistant.refresh(first.text("refresh_token"));
            assertThat(second.status()).isEqualTo(200);
            Stream.of(first, second)
                    .forEach(tokens ->
                            secrets.addAll(List.of(tokens.text("access_token"), tokens.text("refresh_token"))));
            secrets.add(code);
            if (i == 0) {
                assertThat(assistant.redeem(code).status()).isEqualTo(400);
                assertThat(assistant.refresh(second.text("refresh_token")).status())
                        .isEqualTo(400);
            }
        }
        return secrets;
    }

    private static String everything(Map<String, Object> database) throws IOException {
        Path file =
                Path.of(String.valueOf(database.get("datasources.default.url")).substring("jdbc:sqlite:".length()));
        StringBuilder everything = new StringBuilder();
        try (Stream<Path> files = Files.list(file.toAbsolutePath().getParent())) {
            for (Path part : files.toList()) {
                everything.append(Files.readString(part, StandardCharsets.ISO_8859_1));
            }
        }
        return everything.toString();
    }
}
