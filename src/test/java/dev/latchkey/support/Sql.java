package dev.latchkey.support;

import io.micronaut.context.ApplicationContext;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What tests do to the database behind the product's back. */
public final class Sql {
    private Sql() {}

    /** Runs one statement and commits it. */
    public static void run(ApplicationContext context, String sql) {
        DataSource source = DelegatingDataSource.unwrapDataSource(context.getBean(DataSource.class));
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The one number that a query gives. */
    public static long count(ApplicationContext context, String sql) {
        return Long.parseLong(text(context, sql));
    }

    /** The one value that a query gives, as text. */
    public static String text(ApplicationContext context, String sql) {
        DataSource source = DelegatingDataSource.unwrapDataSource(context.getBean(DataSource.class));
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** From now on the notice of a save cannot be written: the last statement of its transaction fails. */
    public static void refuseNotices(ApplicationContext context, Database database) {
        switch (database) {
            case SQLITE ->
                run(
                        context,
                        "CREATE TRIGGER refuse_notices BEFORE INSERT ON outbox WHEN NEW.kind = 'changed'"
                                + " BEGIN SELECT RAISE(ABORT, 'refused by the test'); END");
            case POSTGRESQL -> {
                run(
                        context,
                        "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger AS"
                                + " 'BEGIN RAISE EXCEPTION ''refused by the test''; END' LANGUAGE plpgsql");
                run(
                        context,
                        "CREATE TRIGGER refuse_notices BEFORE INSERT ON outbox FOR EACH ROW"
                                + " WHEN (NEW.kind = 'changed') EXECUTE FUNCTION refuse()");
            }
        }
    }

    /** Undoes {@link #refuseNotices}. */
    public static void acceptNotices(ApplicationContext context, Database database) {
        run(context, "DROP TRIGGER refuse_notices" + (database == Database.POSTGRESQL ? " ON outbox" : ""));
    }
}
