package dev.latchkey.bench;

import dev.latchkey.bench.HttpConnection.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Looks whether the job was really done; speed that comes from leaving something out does not count. */
final class Verification {
    private static final int SAMPLE = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LatchkeyProcess server;
    private final Path database;
    private final Mailboxes mailboxes;
    private final Ledger ledger;
    private final List<String> done = new ArrayList<>();

    Verification(LatchkeyProcess server, Path home, Mailboxes mailboxes, Ledger ledger) {
        this.server = server;
        this.database = home.resolve("data").resolve("latchkey.db");
        this.mailboxes = mailboxes;
        this.ledger = ledger;
    }

    /**
     * Checks everything.
     *
     * @return a sentence for each thing that was checked
     * @throws IllegalStateException at the first thing that is not so
     */
    List<String> run(int waitingMails) throws Exception {
        awaitEmptyOutbox(waitingMails);
        eachAskedLinkArrivedOnce();
        savedValuesAreInTheDatabase();
        try (HttpConnection connection = new HttpConnection(server.port())) {
            usedLinksAreDead(connection);
            statusTellsOfTheSave(connection);
            loadShowsWhatWasSaved(connection);
        }
        noTokenIsInTheLog();
        return done;
    }

    private void awaitEmptyOutbox(int waitingMails) throws SQLException, InterruptedException {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        long left = number("SELECT count(*) FROM outbox") - waitingMails;
        while (left > 0 && System.nanoTime() < limit) {
            Thread.sleep(50);
            left = number("SELECT count(*) FROM outbox") - waitingMails;
        }
        check(left == 0, "the outbox is empty", left + " mails are left in the outbox");
    }

    private void eachAskedLinkArrivedOnce() throws SQLException {
        int links = 0;
        Set<String> distinct = new HashSet<>();
        for (Map.Entry<String, Queue<String>> mailbox : mailboxes.all().entrySet()) {
            int asked = ledger.asksOf().get(mailbox.getKey()).get();
            if (mailbox.getValue().size() != asked) {
                throw new IllegalStateException(mailbox.getKey() + " asked for " + asked + " links and got "
                        + mailbox.getValue().size());
            }
            links += asked;
            distinct.addAll(mailbox.getValue());
        }
        check(
                links == ledger.asked() && distinct.size() == links,
                "each of the " + links + " links that were asked for arrived exactly once, and all differ",
                ledger.asked() + " links were asked for, " + links + " arrived, " + distinct.size() + " differ");
        check(
                mailboxes.notices() == ledger.saves(),
                "each of the " + ledger.saves() + " saves was followed by exactly one notice",
                ledger.saves() + " saves but " + mailboxes.notices() + " notices");
    }

    private void savedValuesAreInTheDatabase() throws SQLException {
        int found = 0;
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT a.email, p.bio FROM accounts a JOIN profiles p ON p.account_id = a.id")) {
            while (rows.next()) {
                String bio = ledger.bios().get(rows.getString(1));
                if (bio != null && !bio.equals(rows.getString(2))) {
                    throw new IllegalStateException(
                            rows.getString(1) + " saved \"" + bio + "\" but has \"" + rows.getString(2) + "\"");
                }
                found += bio == null ? 0 : 1;
            }
        }
        int expected = ledger.bios().size();
        check(
                found == expected,
                "the database holds the last saved bio of all " + expected + " accounts that saved",
                "only " + found + " of " + expected + " accounts that saved have a bio");
    }

    private void usedLinksAreDead(HttpConnection connection) throws IOException {
        List<String> sample = sample(ledger.usedTokens());
        for (String token : sample) {
            Answer answer = Assistant.tryLoad(connection, token);
            if (answer.status() != 410 || !answer.body().contains("link-used")) {
                throw new IllegalStateException("A used link answered " + answer);
            }
        }
        done.add(sample.size() + " used links answer 410 link-used");
    }

    private void statusTellsOfTheSave(HttpConnection connection) throws IOException {
        List<String> sample = sample(ledger.savedRequests());
        for (String requestId : sample) {
            String status = Assistant.status(connection, requestId);
            if (!Assistant.text(status, "state").equals("saved") || !status.contains("\"bio\"")) {
                throw new IllegalStateException("Status of a saved request: " + status);
            }
        }
        done.add("Status of " + sample.size() + " requests says saved, and what");
    }

    private void loadShowsWhatWasSaved(HttpConnection connection) throws IOException, InterruptedException {
        List<String> sample =
                sample(List.copyOf(ledger.bios().keySet())).stream().limit(50).toList();
        for (String email : sample) {
            mailboxes.newest(email);
            Assistant.init(connection, email);
            ledger.asked(email);
            String loaded = Assistant.load(connection, mailboxes.await(email, PATIENCE));
            if (!Assistant.text(loaded, "bio").equals(ledger.bios().get(email))) {
                throw new IllegalStateException(email + " loads " + loaded);
            }
        }
        done.add("Load of " + sample.size() + " accounts shows what they saved");
    }

    private void noTokenIsInTheLog() throws IOException {
        String log = Files.readString(server.log());
        for (String token : ledger.usedTokens()) {
            if (log.contains(token)) {
                throw new IllegalStateException("The server's log holds a token");
            }
            if (log.length() > 1_000_000) {
                break;
            }
        }
        done.add("no token is in the server's log");
    }

    private static List<String> sample(List<String> all) {
        int step = Math.max(1, all.size() / SAMPLE);
        List<String> sample = new ArrayList<>();
        for (int i = 0; i < all.size() && sample.size() < SAMPLE; i += step) {
            sample.add(all.get(i));
        }
        return sample;
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Connection open() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + database);
        return source.getConnection();
    }

    private void check(boolean good, String sentence, String trouble) {
        if (!good) {
            throw new IllegalStateException(trouble);
        }
        done.add(sentence);
    }
}
