package dev.latchkey.database.sqlite;

import dev.latchkey.database.OnSqlite;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties the write-ahead log now and then: until then it still holds what was deleted from the database. */
@Singleton
@OnSqlite
final class SqliteUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteUpkeep.class);

    private final DataSource source;

    SqliteUpkeep(DataSource source) {
        this.source = source;
    }

    @Scheduled(initialDelay = "10m", fixedDelay = "10m")
    void emptyLog() {
        try {
            DelegatingDataSource.unwrapDataSource(source)
                    .unwrap(SqliteDataSource.class)
                    .emptyLog();
        } catch (SQLException e) {
            LOG.warn("The log of the database could not be emptied; the next round tries again", e);
        }
    }
}
