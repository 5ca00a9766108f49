package dev.latchkey.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteDataSource;

/**
 * Fills the database of a stopped server with what a long life leaves behind: requests whose links are gone, spread over
 * the past four weeks and all accounts, and mails that wait for a later attempt. The links of those mails are gone, so
 * that no save has more links to revoke than it has without them.
 */
final class OldRows {
    /** A UUIDv7 of a time in milliseconds, from the bytes of SQLite's own random source. */
    private static final String UUID_OF =
            "printf('%%s-%%s-7%%s-a%%s-%%s', substr(printf('%%012x', %1$s), 1, 8), substr(printf('%%012x', %1$s), 9),"
                    + " substr(hex(randomblob(2)), 2), substr(hex(randomblob(2)), 2), hex(randomblob(6)))";

    private OldRows() {}

    static void add(Path home, int oldRequests, int waitingMails) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + home.resolve("data").resolve("latchkey.db"));
        long now = System.currentTimeMillis();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // Digests are keyed, so they are taken from requests that the server itself has written.
            statement.execute("CREATE TEMP TABLE who AS SELECT row_number() OVER () - 1 AS number, account_id,"
                    + " subject_digest FROM link_requests WHERE account_id IS NOT NULL GROUP BY account_id");
            statement.execute("CREATE UNIQUE INDEX temp.who_number ON who (number)");
            statement.execute("CREATE TEMP TABLE old AS WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n"
                    + " WHERE i + 1 < " + oldRequests + ")"
                    + " SELECT i, " + now + " - 7200000 - abs(random() % 2400000000) AS at FROM n");
            statement.execute("INSERT INTO link_requests (id, link_id, account_id, subject_digest, purpose, match_phrase,"
                    + " state, changed, created_at, created_hour, expires_at, ended_at, door) SELECT lower(" + UUID_OF.formatted("old.at")
                    + "), printf('%08x', old.at / 1000) || hex(randomblob(11)), account_id, subject_digest, 'EDIT_PROFILE', 'old request',"
                    + " CASE i % 3 WHEN 0 THEN 'SAVED' WHEN 1 THEN 'SENT' ELSE 'REVOKED' END,"
                    + " CASE i % 3 WHEN 0 THEN 'bio' END, old.at, old.at / 3600000, old.at + 900000,"
                    + " CASE i % 3 WHEN 1 THEN NULL ELSE old.at + 60000 END, 'ACTION'"
                    + " FROM old JOIN who ON who.number = i % (SELECT count(*) FROM who) ORDER BY old.at");
            statement.execute("CREATE TEMP TABLE waiting AS WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n"
                    + " WHERE i + 1 < " + waitingMails + ") SELECT i, lower(" + UUID_OF.formatted("" + now)
                    + ") AS request, hex(randomblob(11)) AS link FROM n");
            statement.execute("INSERT INTO link_requests (id, link_id, account_id, subject_digest, purpose, match_phrase,"
                    + " state, created_at, created_hour, door) SELECT request, link, account_id, subject_digest, 'EDIT_PROFILE',"
                    + " 'waiting mail', 'QUEUED', " + (now - 3_700_000) + ", " + (now - 3_700_000) / 3_600_000
                    + ", 'ACTION' FROM waiting JOIN who ON who.number = i % (SELECT count(*) FROM who)");
            statement.execute("INSERT INTO outbox (id, channel, kind, about_id, state, due_at, attempts, last_error, created_at)"
                    + " SELECT lower(" + UUID_OF.formatted("" + (now - 3_700_000)) + "), 'mail', 'edit-link', request,"
                    + " 'waiting', " + (now + 86_400_000) + ", 3, '451 try again later', " + (now - 3_700_000)
                    + " FROM waiting");
            connection.commit();
        }
    }
}
