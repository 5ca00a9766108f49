package dev.latchkey.database;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives connections to PostgreSQL finite time-outs: by itself the driver waits for ever for a server that is gone
 * without a word. Parameters of the configured address win.
 */
@Singleton
final class PostgresDataSources implements BeanCreatedEventListener<DatasourceConfiguration> {
    /** In seconds (jdbc.postgresql.org, "Connection parameters"); the second is longer than any statement of ours. */
    private static final Map<String, String> TIME_OUTS =
            Map.of("connectTimeout", "5", "socketTimeout", "60", "tcpKeepAlive", "true");

    /** After how many uses the driver prepares a statement by name. */
    private static final String PREPARE = "prepareThreshold";

    private static final String NEVER = "0";
    private static final Logger LOG = LoggerFactory.getLogger(PostgresDataSources.class);

    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        DatasourceConfiguration pool = event.getBean();
        if (!SqliteAddress.isSqlite(pool.getUrl())) {
            TIME_OUTS.forEach((name, value) -> pool.getDataSourceProperties().putIfAbsent(name, value));
            if (pool.getUrl() != null
                    && !pool.getUrl().contains(PREPARE)
                    && PostgresPooler.isBefore(pool.getUrl(), login(pool))) {
                LOG.info("A pooler stands before PostgreSQL: statements are not prepared by name");
                pool.getDataSourceProperties().put(PREPARE, NEVER);
            }
        }
        return pool;
    }

    private static Properties login(DatasourceConfiguration pool) {
        Properties properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        properties.put(PREPARE, NEVER);
        if (pool.getUsername() != null) {
            properties.put("user", pool.getUsername());
        }
        if (pool.getPassword() != null) {
            properties.put("password", pool.getPassword());
        }
        return properties;
    }
}
