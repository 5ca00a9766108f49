package dev.latchkey.config;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Puts {@link SqliteDataSource} under the connection pool wherever the configured address is a SQLite file. */
@Singleton
final class SqliteDataSources implements BeanCreatedEventListener<DatasourceConfiguration> {
    static final String PREFIX = "jdbc:sqlite:";

    /** A connection is little more than a place in the queue, so there may be many. */
    private static final int CONNECTIONS = 64;

    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        DatasourceConfiguration pool = event.getBean();
        if (isSqlite(pool.getUrl())) {
            createFolder(pool.getUrl());
            pool.setDataSource(new SqliteDataSource(pool.getUrl()));
            pool.setMaximumPoolSize(CONNECTIONS);
            pool.setMinimumIdle(1);
        }
        return pool;
    }

    static boolean isSqlite(@Nullable String url) {
        return url != null && url.startsWith(PREFIX);
    }

    private static void createFolder(String url) {
        String file = url.substring(PREFIX.length()).replaceFirst("\\?.*", "");
        Path folder = Path.of(file).toAbsolutePath().getParent();
        if (folder != null) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new UncheckedIOException("The folder of the database cannot be created: " + folder, e);
            }
        }
    }
}
