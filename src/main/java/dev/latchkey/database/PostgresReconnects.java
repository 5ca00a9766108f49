package dev.latchkey.database;

import com.zaxxer.hikari.util.DriverDataSource;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/**
 * Lets the pool notice soon that PostgreSQL is back. By itself it waits twice as long after each connection that is
 * refused, up to five seconds, which everybody who needs one waits with it.
 */
@Singleton
final class PostgresReconnects implements BeanCreatedEventListener<DatasourceConfiguration> {

    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        DatasourceConfiguration pool = event.getBean();
        if (!SqliteAddress.isSqlite(pool.getUrl())) {
            pool.setDataSource(new PatientDataSource(() -> new DriverDataSource(
                            pool.getUrl(),
                            pool.getDriverClassName(),
                            pool.getDataSourceProperties(),
                            pool.getUsername(),
                            pool.getPassword())
                    .getConnection()));
        }
        return pool;
    }
}
