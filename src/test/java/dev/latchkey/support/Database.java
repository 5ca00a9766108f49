package dev.latchkey.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
            EmbeddedPostgres server = Server.running();
            String name = "latchkey" + Server.NUMBER.incrementAndGet();
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return Map.of(
                    "datasources.default.url",
                    server.getJdbcUrl("postgres", name),
                    "datasources.default.username",
                    "postgres",
                    "datasources.default.password",
                    "postgres");
        }
    };

    /** Settings that point the product at a new, empty database. */
    public abstract Map<String, Object> fresh();

    static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("latchkey-test");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One PostgreSQL for the whole test run; it stops with the JVM. */
    private static final class Server {
        static final AtomicInteger NUMBER = new AtomicInteger();
        private static @Nullable EmbeddedPostgres instance;

        static synchronized EmbeddedPostgres running() {
            if (instance == null) {
                try {
                    instance = EmbeddedPostgres.builder()
                            .setServerConfig("fsync", "off")
                            .start();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return instance;
        }
    }
}
