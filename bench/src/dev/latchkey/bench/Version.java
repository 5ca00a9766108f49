package dev.latchkey.bench;

import dev.latchkey.bench.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** One of two versions that are compared: its server, and somebody who has a way in at each door. */
final class Version implements AutoCloseable {
    private static final Duration MAIL = Duration.ofSeconds(20);
    private static final String PASSPHRASE = "quiet harbour lantern";

    /** The older API has exactly six characters. */
    private static final String PASSWORD = "q1harb";

    private final Options options;
    private final Mailboxes mailboxes = new Mailboxes();
    private final SmtpSink sink = new SmtpSink(mailboxes::take);
    private final LatchkeyProcess server;

    /** Tokens of links that nobody has used yet. */
    private final Queue<String> links = new ConcurrentLinkedQueue<>();

    private final AtomicInteger said = new AtomicInteger();
    private int asked;
    final String link;
    final String bearer;
    final String session;

    Version(Path jar, Path home) throws Exception {
        options = Options.parse(jar.toAbsolutePath(), List.of("--accounts", "2000"));
        Files.createDirectories(home);
        LatchkeyProcess.importAccounts(options, home, LoadBenchmark.accounts(options, home));
        server = LatchkeyProcess.start(options, home, sink.port(), List.of());
        try (HttpConnection connection = new HttpConnection(server.port())) {
            String email = Ledger.email(0);
            Assistant.init(connection, email);
            link = mailboxes.await(email, MAIL);
            bearer = "Authorization: Bearer " + signedIn(connection) + "\r\n";
            session = "?email=older@example.org&session_key=" + session(connection);
        }
    }

    LatchkeyProcess server() {
        return server;
    }

    private static String signedIn(HttpConnection connection) throws IOException {
        String me = "{\"email\":\"me@example.org\",\"password\":\"" + PASSPHRASE + "\"}";
        send(connection, "POST", "/auth/signup", "", me);
        String token = Assistant.text(send(connection, "POST", "/auth/login", "", me), "access_token");
        send(connection, "POST", "/profile/me", "Authorization: Bearer " + token + "\r\n", "{\"bio\":\"x\"}");
        return token;
    }

    private static String session(HttpConnection connection) throws IOException {
        String older = "{\"email\":\"older@example.org\",\"password\":\"" + PASSWORD + "\"}";
        String confirmation =
                Assistant.text(send(connection, "POST", "/register", "", older), "confirmation_link");
        String form = "Content-Type: application/x-www-form-urlencoded\r\n";
        send(connection, "POST", URI.create(confirmation).getPath(), form, "confirm=yes");
        return Assistant.text(send(connection, "POST", "/login", "", older), "session_key");
    }

    /** Asks for links, each of another account, and waits until all of them were mailed. */
    void prepare(int number) throws Exception {
        links.clear();
        try (HttpConnection connection = new HttpConnection(server.port())) {
            for (int i = 0; i < number; i++) {
                String email = Ledger.email(1 + asked++ % (options.accounts() - 1));
                // What earlier calls have mailed is dead as soon as a later link is used.
                mailboxes.newest(email);
                Assistant.init(connection, email);
                links.add(mailboxes.await(email, MAIL));
            }
        }
    }

    /** A link that nobody has used; fails when there are none left. */
    String link() {
        return links.remove();
    }

    /** What nobody has saved yet. */
    String words() {
        return "Words+" + said.incrementAndGet();
    }

    String anybody(int number) {
        return Ledger.email(1 + number % (options.accounts() - 1));
    }

    /** Waits until no mail has come for a moment. */
    void awaitMails() throws InterruptedException {
        int before = -1;
        while (before != mailboxes.count()) {
            before = mailboxes.count();
            Thread.sleep(50);
        }
    }

    /** The body of an answer below 400; of 404 as well where nothing is asked for. */
    static String send(HttpConnection connection, String method, String path, String headers, String body)
            throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String type = headers.contains("Content-Type") || body.isEmpty() ? "" : "Content-Type: application/json\r\n";
        Answer answer = connection.send((method + " " + path + " HTTP/1.1\r\nHost: bench\r\n" + headers + type
                        + (body.isEmpty() ? "" : "Content-Length: " + content.length + "\r\n") + "\r\n" + body)
                .getBytes(StandardCharsets.UTF_8));
        if (answer.status() >= 400 && !path.equals(Comparison.NOWHERE)) {
            throw new IllegalStateException(method + " " + path + " answered " + answer);
        }
        return answer.body();
    }

    @Override
    public void close() throws Exception {
        server.close();
        sink.close();
    }
}
