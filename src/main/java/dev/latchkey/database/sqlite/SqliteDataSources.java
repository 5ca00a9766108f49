package dev.latchkey.database.sqlite;

import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.OwnerOnly;
import dev.latchkey.config.checks.UnusableSetting;
import dev.latchkey.database.SqliteAddress;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;

/** Puts {@link SqliteDataSource} under the connection pool wherever the configured address is a SQLite file. */
@Singleton
final class SqliteDataSources implements BeanCreatedEventListener<DatasourceConfiguration> {
    /** A connection is little more than a place in the queue, so there may be many. */
    private static final int CONNECTIONS = 64;

    private final LatchkeySettings settings;
    private final BeanProvider<SqliteUse> use;

    SqliteDataSources(LatchkeySettings settings, BeanProvider<SqliteUse> use) {
        this.settings = settings;
        this.use = use;
    }

    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        DatasourceConfiguration pool = event.getBean();
        String url = pool.getUrl();
        if (SqliteAddress.isSqlite(url)) {
            keepToOneself(
                    SqliteAddress.fileOf(url, settings.dataDir()),
                    url.equals(SqliteAddress.PREFIX) ? "latchkey.data-dir" : "datasources.default.url");
            pool.setUrl(SqliteAddress.resolve(url, settings.dataDir()));
            pool.setDataSource(new SqliteDataSource(pool.getUrl()));
            pool.setMaximumPoolSize(CONNECTIONS);
            pool.setMinimumIdle(1);
        }
        return pool;
    }

    private void keepToOneself(Path file, String property) {
        try {
            Path folder = file.getParent();
            if (folder != null) {
                OwnerOnly.createFolder(folder);
            }
            OwnerOnly.createFile(file);
            OwnerOnly.tighten(file.resolveSibling(file.getFileName() + "-wal"));
            OwnerOnly.tighten(file.resolveSibling(file.getFileName() + "-shm"));
            use.get().share(file, property);
        } catch (IOException e) {
            throw new UnusableSetting(
                    property,
                    "holds a database that is not this process's own, " + file,
                    "Make its owner the user of this process, and its folder one that this user may write to");
        }
    }
}
