package dev.latchkey.support;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** People in the database of a running jar, put there and looked up from outside. */
public final class Residents {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int FIRST_PIN = 200_000_000;

    private final String url;
    private final @Nullable String user;
    private final @Nullable String password;

    public Residents(LatchkeyJar jar) {
        url = jar.databaseUrl();
        user = jar.setting("DATASOURCES_DEFAULT_USERNAME");
        password = jar.setting("DATASOURCES_DEFAULT_PASSWORD");
    }

    /** A new person's address; nobody else has it. */
    public String somebody() {
        return many(1).getFirst();
    }

    /** A new person whose profile is written in that language. */
    public String speaking(String locale) {
        String email = somebody();
        change(
                "INSERT INTO profiles (account_id, locale, version, updated_at)"
                        + " SELECT id, ?, 1, created_at FROM accounts WHERE email = ?",
                locale,
                email);
        return email;
    }

    /** So many new people, in one transaction. */
    public List<String> many(int count) {
        List<String> emails = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO accounts (id, email, pin, status, tier, email_verified_at, created_at)"
                                + " VALUES (?, ?, ?, 'ACTIVE', 'FREE', ?, ?)")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < count; i++) {
                int number = NUMBER.incrementAndGet();
                emails.add("resident" + number + "@example.org");
                insert.setString(1, UUID.randomUUID().toString());
                insert.setString(2, emails.getLast());
                insert.setInt(3, FIRST_PIN + number);
                insert.setObject(4, time(Instant.now()));
                insert.setObject(5, time(Instant.now()));
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return emails;
    }

    /** The bio as stored; null when there is none. */
    public @Nullable String bioOf(String email) {
        return valueOf("bio", email);
    }

    /** The hash of the photo that somebody shows; null when there is none. */
    public @Nullable String photoOf(String email) {
        return valueOf("photo_hash", email);
    }

    /** The hashes of all photos that are kept. */
    public Set<String> keptPhotos() {
        return Set.copyOf(values("SELECT hash FROM photos"));
    }

    /** The hashes of all photos that somebody shows. */
    public Set<String> shownPhotos() {
        return Set.copyOf(values("SELECT photo_hash FROM profiles WHERE photo_hash IS NOT NULL"));
    }

    private @Nullable String valueOf(String column, String email) {
        List<String> found = values(
                "SELECT " + column + " FROM profiles JOIN accounts ON accounts.id = account_id WHERE email = ? AND "
                        + column + " IS NOT NULL",
                email);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Puts a portrait beside what was proposed to somebody; no image host is needed for it. */
    public void proposePhoto(String email, byte[] jpeg) {
        change(
                "UPDATE proposals SET photo = ? WHERE link_id IN (SELECT magic_links.id FROM magic_links"
                        + " JOIN accounts ON accounts.id = account_id WHERE email = ?)",
                jpeg,
                email);
    }

    /** What somebody told of themselves before. */
    public void wrote(String email, String name, String nickname, String bio, String locale) {
        change(
                "INSERT INTO profiles (account_id, name, nickname, bio, locale, version, updated_at)"
                        + " SELECT id, ?, ?, ?, ?, 1, created_at FROM accounts WHERE email = ?",
                name,
                nickname,
                bio,
                locale,
                email);
    }

    /** Gives everybody who has no passphrase the one with this hash. */
    public void takePassphrase(String hash) {
        change("UPDATE accounts SET passphrase_hash = ? WHERE passphrase_hash IS NULL", hash);
    }

    /** Moves the end of somebody's links into the past. */
    public void letLinksExpire(String email) {
        String theirs = " SET expires_at = ? WHERE account_id = (SELECT id FROM accounts WHERE email = ?)";
        Object past = time(Instant.now().minusSeconds(60));
        change("UPDATE magic_links" + theirs, past, email);
        change("UPDATE link_requests" + theirs, past, email);
    }

    /** Every value in every table, as text. */
    public String everything() {
        List<String> tables = new ArrayList<>();
        try (Connection connection = connect();
                ResultSet names = connection
                        .getMetaData()
                        .getTables(null, sqlite() ? null : "public", "%", new String[] {"TABLE"})) {
            while (names.next()) {
                tables.add(names.getString("TABLE_NAME"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return tables.stream()
                .flatMap(table -> values("SELECT * FROM " + table).stream())
                .collect(Collectors.joining("\n"));
    }

    /** Whether a mail of this kind is still in the outbox. */
    public boolean hasWaiting(String kind) {
        return !values("SELECT kind FROM outbox WHERE kind = ?", kind).isEmpty();
    }

    /** Takes the write lock; nobody else writes until the connection is closed. SQLite only. */
    public Connection lockEverybodyOut() {
        try {
            Connection connection = connect();
            try (var statement = connection.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
            }
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void change(String sql, Object... values) {
        try (Connection connection = connect();
                PreparedStatement statement = prepared(connection, sql, values)) {
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Every value in every row that a query gives, as text. */
    public List<String> values(String sql, Object... values) {
        try (Connection connection = connect();
                PreparedStatement query = prepared(connection, sql, values);
                ResultSet rows = query.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    found.add(String.valueOf(rows.getString(i)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** SQLite keeps times as milliseconds. */
    private Object time(Instant instant) {
        return sqlite() ? (Object) instant.toEpochMilli() : instant.atOffset(ZoneOffset.UTC);
    }

    private boolean sqlite() {
        return url.startsWith("jdbc:sqlite:");
    }

    private Connection connect() throws SQLException {
        return sqlite()
                ? DriverManager.getConnection(url + "?busy_timeout=10000&foreign_keys=on")
                : DriverManager.getConnection(url, user, password);
    }
}
