package dev.latchkey.database;

import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Every process of the product calls its connections by a name of its own, so that PostgreSQL can tell who is there. */
@Singleton
@OnPostgres
final class PostgresUse implements SoleUse {
    /** What such names begin with. */
    static final String NAME = "Latchkey ";

    private static final String OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name LIKE '" + NAME + "%' AND application_name <> current_setting('application_name')";

    private final DataSource source;

    PostgresUse(DataSource source) {
        this.source = source;
    }

    /** Whoever comes later waits at the tables that the restore has locked. */
    @Override
    public boolean take() {
        try (Connection connection =
                        DelegatingDataSource.unwrapDataSource(source).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(OTHERS)) {
            return rows.next() && rows.getLong(1) == 0;
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not tell who is connected", e);
        }
    }
}
