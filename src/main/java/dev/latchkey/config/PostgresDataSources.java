package dev.latchkey.config;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * Gives connections to PostgreSQL finite time-outs: by itself the driver waits for ever for a server that is gone
 * without a word. Parameters of the configured address win.
 */
@Singleton
final class PostgresDataSources implements BeanCreatedEventListener<DatasourceConfiguration> {
    /** In seconds (jdbc.postgresql.org, "Connection parameters"); the second is longer than any statement of ours. */
    private static final Map<String, String> TIME_OUTS =
            Map.of("connectTimeout", "5", "socketTimeout", "60", "tcpKeepAlive", "true");

    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        DatasourceConfiguration pool = event.getBean();
        if (!SqliteAddress.isSqlite(pool.getUrl())) {
            TIME_OUTS.forEach((name, value) -> pool.getDataSourceProperties().putIfAbsent(name, value));
        }
        return pool;
    }
}
