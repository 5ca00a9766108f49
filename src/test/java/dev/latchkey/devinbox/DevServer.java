package dev.latchkey.devinbox;

import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.DevMailbox;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;

/** A dev server with a clock of its own, which tests may set back as they like: each has people of its own. */
final class DevServer extends Api {
    static final String ADA = "ada@example.com";
    static final String PASSPHRASE = "correct horse battery staple";

    private final EmbeddedServer server;

    private DevServer(EmbeddedServer server) {
        super(server);
        this.server = server;
    }

    static DevServer on(Database database) {
        return new DevServer(Contexts.server(
                database,
                Map.of(
                        "latchkey.dev-smtp-port",
                        0,
                        "latchkey.dev-imap-port",
                        0,
                        "latchkey.smtp.port",
                        0,
                        "latchkey.smtp.timeout",
                        "1s",
                        "latchkey.mail-retry-first",
                        "1h",
                        "latchkey.mail-retry-most",
                        "1h"),
                "dev"));
    }

    <T> T bean(Class<T> type) {
        return server.getApplicationContext().getBean(type);
    }

    EmbeddedServer server() {
        return server;
    }

    /** Asks for a link; returns what Status is asked with. */
    String init(String email) {
        return action("/api/update/init", Map.of("email", email)).text("requestId");
    }

    /** The token of a link that has just been asked for. */
    String freshToken(String email) {
        return new DevMailbox(this, email).freshToken();
    }

    /** The newest mail to somebody; waits for it. */
    Answer mail(String to) {
        return get("/dev/inbox/messages/latest?wait=10s&to=" + to);
    }

    Answer forward(String by) {
        return post("/dev/clock", Map.of("forward", by));
    }

    Answer reset() {
        return post("/dev/reset", null);
    }

    Answer login(String email, String passphrase) {
        return post("/auth/login", Map.of("email", email, "password", passphrase));
    }
}
