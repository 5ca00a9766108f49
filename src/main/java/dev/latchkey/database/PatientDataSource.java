package dev.latchkey.database;

import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;

/** Connections to a server that may be starting: for a second it is asked again and again. */
final class PatientDataSource extends DelegatingDataSource {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** Nobody listens; it starts or stops (Appendix A of PostgreSQL's manual). */
    private static final Set<String> AWAY = Set.of("08001", "57P03");

    PatientDataSource(DataSource server) {
        super(server);
    }

    @Override
    public Connection getConnection() throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return super.getConnection();
            } catch (SQLException e) {
                if (!AWAY.contains(String.valueOf(e.getSQLState())) || System.nanoTime() - end >= 0) {
                    throw e;
                }
            }
            pause();
        }
    }

    /** The pool hands over what is configured, which the server's own source knows already. */
    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    private static void pause() throws SQLException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while the database was away", e);
        }
    }
}
