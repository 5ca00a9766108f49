package dev.latchkey.database;

import com.zaxxer.hikari.util.DriverDataSource;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the pool needs to know of PostgreSQL; parameters of the configured address win. */
@Singleton
final class PostgresDataSources implements BeanCreatedEventListener<DatasourceConfiguration> {
    /**
     * By itself the driver waits for ever for a server that is gone without a word. In seconds (jdbc.postgresql.org,
     * "Connection parameters"); the second is longer than any statement of ours.
     */
    static final Map<String, String> TIME_OUTS =
            Map.of("connectTimeout", "5", "socketTimeout", "60", "tcpKeepAlive", "true");

    /** After how many uses the driver prepares a statement by name. */
    private static final String PREPARE = "prepareThreshold";

    private static final String NEVER = "0";
    private static final String APPLICATION = "ApplicationName";
    private static final Logger LOG = LoggerFactory.getLogger(PostgresDataSources.class);

    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        DatasourceConfiguration pool = event.getBean();
        String url = pool.getUrl();
        if (url == null || SqliteAddress.isSqlite(url)) {
            return pool;
        }
        Properties properties = pool.getDataSourceProperties();
        TIME_OUTS.forEach(properties::putIfAbsent);
        if (!url.contains(APPLICATION)) {
            properties.putIfAbsent(
                    APPLICATION, PostgresUse.NAME + UUID.randomUUID().toString().substring(0, 8));
        }
        if (!url.contains(PREPARE) && isBehindPooler(pool)) {
            LOG.info("A pooler stands before PostgreSQL: statements are not prepared by name");
            properties.put(PREPARE, NEVER);
        }
        // The pool itself waits twice as long after each connection that is refused, up to five seconds, which
        // everybody
        // who needs one waits with it.
        pool.setDataSource(new PatientDataSource(source(pool, properties)));
        return pool;
    }

    private static DataSource source(DatasourceConfiguration pool, Properties properties) {
        return new DriverDataSource(
                pool.getUrl(), pool.getDriverClassName(), properties, pool.getUsername(), pool.getPassword());
    }

    /**
     * Whether a pooler such as PgBouncer stands before the server. In transaction mode each transaction may run on another
     * connection of the server, where a statement that was prepared by name does not exist, or another one does.
     *
     * <p>The number of the serving process that is told when a connection begins is then not the one that the server
     * itself tells.
     *
     * @return false as well where nobody answers; whoever connects next says what is wrong
     */
    private static boolean isBehindPooler(DatasourceConfiguration pool) {
        Properties properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        properties.put(PREPARE, NEVER);
        try (Connection connection = source(pool, properties).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            return rows.next() && rows.getInt(1) != toldAtTheBeginning(connection);
        } catch (SQLException e) {
            return false;
        }
    }

    /** By name, as the driver is there when the service runs, and no part of what it is compiled with. */
    private static int toldAtTheBeginning(Connection connection) throws SQLException {
        try {
            return (int) connection.getClass().getMethod("getBackendPID").invoke(connection);
        } catch (ReflectiveOperationException e) {
            throw new SQLException("The driver of PostgreSQL is another one", e);
        }
    }
}
