package dev.latchkey.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** The databases the product runs on; {@link #fresh} gives an empty one of its kind. */
public enum Database {
    SQLITE {
        @Override
        public Map<String, Object> fresh() {
            return Map.of(
                    "datasources.default.url",
                    "jdbc:sqlite:" + temporaryFolder().resolve("latchkey.db"));
        }
    },
    POSTGRESQL {
        @Override
        public Map<String, Object> fresh() {
            return Server.settings(Server.create("STRATEGY FILE_COPY"));
        }

        @Override
        public Map<String, Object> withTables() {
            return Server.settings(Server.create("TEMPLATE " + Server.template() + " STRATEGY FILE_COPY"));
        }
    };

    /** Settings that point the product at a new, empty database. */
    public abstract Map<String, Object> fresh();

    /** The same, where the tables may be there already: PostgreSQL copies them sooner than it makes them. */
    public Map<String, Object> withTables() {
        return fresh();
    }

    static Path temporaryFolder() {
        Path folder = Folders.temporary();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
        return folder;
    }

    /** One PostgreSQL for all tests in this JVM; it stops with it, and nothing in it need outlast that. */
    private static final class Server {
        private static final AtomicInteger NUMBER = new AtomicInteger();
        private static @Nullable EmbeddedPostgres instance;
        private static @Nullable String template;

        static synchronized EmbeddedPostgres running() {
            if (instance == null) {
                try {
                    instance = EmbeddedPostgres.builder()
                            .setServerConfig("fsync", "off")
                            .setServerConfig("full_page_writes", "off")
                            .setServerConfig("autovacuum", "off")
                            .start();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return instance;
        }

        /** The name of a database with nothing in its tables. */
        static synchronized String template() {
            if (template == null) {
                String name = create("");
                Flyway.configure()
                        .dataSource(running().getDatabase("postgres", name))
                        .locations("classpath:db/migration/postgresql")
                        .load()
                        .migrate();
                template = name;
            }
            return template;
        }

        static String create(String how) {
            String name = "latchkey" + NUMBER.incrementAndGet();
            try (Connection connection = running().getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name + " " + how);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return name;
        }

        static Map<String, Object> settings(String name) {
            return Map.of(
                    "datasources.default.url",
                    running().getJdbcUrl("postgres", name),
                    "datasources.default.username",
                    "postgres",
                    "datasources.default.password",
                    "postgres");
        }
    }
}
