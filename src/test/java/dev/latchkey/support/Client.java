package dev.latchkey.support;

import io.micronaut.runtime.server.EmbeddedServer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Calls a server in the dev environment as a program does, and reads the mails it sends. */
public final class Client extends Api {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Map<String, Object> MANY_LINKS = Map.of(
            "latchkey.dev-smtp-port", 0,
            "latchkey.dev-imap-port", 0,
            "latchkey.smtp.port", 0,
            "latchkey.links-per-minute", 1000,
            "latchkey.links-per-hour", 1000,
            "test.clock", true);

    private final EmbeddedServer server;

    private Client(EmbeddedServer server) {
        super(server);
        this.server = server;
    }

    /** The one server that the tests of the APIs share. */
    public static Client shared() {
        return shared(Database.SQLITE, Map.of());
    }

    /** A server with an inbox and many links allowed, shared by all tests that ask for the same. */
    public static Client shared(Database database, Map<String, ?> settings) {
        return new Client(Contexts.server(database, with(settings), "dev"));
    }

    /** The same of one's own. */
    public static Client on(Map<String, Object> database, Map<String, ?> settings) {
        return new Client(Contexts.serveDev(database, with(settings)));
    }

    private static Map<String, Object> with(Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(MANY_LINKS);
        all.putAll(settings);
        return all;
    }

    /** An address that nobody else has, of at most 25 characters. */
    public static String freshEmail() {
        return "p" + NUMBER.incrementAndGet() + "@example.org";
    }

    public EmbeddedServer server() {
        return server;
    }

    public MutableClock clock() {
        return server.getApplicationContext().getBean(MutableClock.class);
    }

    /** The path of the link in the newest mail to somebody whose path begins so; waits for it. */
    public String mailedLink(String email, String path) {
        DevMailbox mailbox = new DevMailbox(this, email);
        return Awaitility.await()
                .until(() -> mailbox.links(path), links -> !links.isEmpty())
                .getFirst();
    }

    /** Signs up with a passphrase and signs in; returns the header that proves it. */
    public String[] signedIn(String email, String password) {
        post("/auth/signup", Map.of("email", email, "password", password));
        return bearer(email, password);
    }

    public String[] bearer(String email, String password) {
        Answer answer = post("/auth/login", Map.of("email", email, "password", password));
        return new String[] {"Authorization", "Bearer " + answer.text("access_token")};
    }
}
