package dev.latchkey.database;

import com.zaxxer.hikari.util.DriverDataSource;
import dev.latchkey.config.checks.CheckResult;
import dev.latchkey.config.checks.StartUpFailure;
import io.micronaut.core.value.PropertyResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.output.ValidateResult;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * What the database and its schema are like, before a server or a command opens them: connections only read, nothing is
 * made, and no migration runs.
 *
 * @param database whether it can be opened
 * @param migrations whether its schema is one that this version can work with or bring up to date
 */
public record DatabaseOutlook(CheckResult database, CheckResult migrations) {
    private static final String UNKNOWN = "not looked at, as the database cannot be opened. Mend that first.";

    /**
     * Looks at the one that is configured.
     *
     * @param contents of a database that this version can work with
     */
    public static DatabaseOutlook of(PropertyResolver settings, Contents contents) {
        String url = text(settings, "datasources.default.url", SqliteAddress.PREFIX);
        if (!SqliteAddress.isSqlite(url)) {
            return look(server(url, settings), "postgresql", contents);
        }
        Path file = SqliteAddress.fileOf(url, Path.of(text(settings, "latchkey.data-dir", "./data")));
        return Files.exists(file)
                ? look(file(file), "sqlite", contents)
                : new DatabaseOutlook(
                        CheckResult.passed("there is none yet; the first start makes " + file),
                        CheckResult.passed("all of them run at the first start"));
    }

    private static String text(PropertyResolver settings, String key, String otherwise) {
        return settings.getProperty(key, String.class)
                .filter(text -> !text.isBlank())
                .orElse(otherwise);
    }

    private static DatabaseOutlook look(DataSource source, String dialect, Contents contents) {
        try (Connection connection = source.getConnection()) {
            DatabaseMetaData about = connection.getMetaData();
            CheckResult migrations = migrations(source, dialect, holdsTables(connection));
            Optional<String> objection = migrations.passed() ? contents.objection(connection) : Optional.empty();
            CheckResult database = objection
                    .map(CheckResult::failed)
                    .orElse(CheckResult.passed(
                            about.getDatabaseProductName() + " " + about.getDatabaseProductVersion()));
            return new DatabaseOutlook(database, migrations);
        } catch (SQLException e) {
            return new DatabaseOutlook(wrong(e), CheckResult.failed(UNKNOWN));
        }
    }

    private static CheckResult migrations(DataSource source, String dialect, boolean holdsTables) {
        try {
            Flyway flyway = Flyway.configure(DatabaseOutlook.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:db/migration/" + dialect)
                    .ignoreMigrationPatterns("*:pending")
                    .load();
            MigrationInfoService info = flyway.info();
            String pending = Arrays.stream(info.pending())
                    .map(migration -> migration.getVersion() + " " + migration.getDescription())
                    .collect(Collectors.joining(", "));
            MigrationInfo current = info.current();
            if (current == null) {
                return holdsTables
                        ? CheckResult.failed("the database holds tables of something else. Name an empty database.")
                        : CheckResult.passed("the database is empty; at the first start run " + pending);
            }
            ValidateResult valid = flyway.validateWithResult();
            if (!valid.validationSuccessful) {
                return CheckResult.failed("the schema, version " + current.getVersion()
                        + ", does not fit this version of Latchkey. Start the version that fits, or restore a backup.");
            }
            return CheckResult.passed("version " + current.getVersion()
                    + (pending.isEmpty()
                            ? ", nothing is pending"
                            : "; pending, and run at the next start: " + pending + ". Back up before"));
        } catch (FlywayException e) {
            return wrong(e);
        }
    }

    private static boolean holdsTables(Connection connection) throws SQLException {
        try (ResultSet tables =
                connection.getMetaData().getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
            return tables.next();
        }
    }

    private static CheckResult wrong(Exception failure) {
        return CheckResult.failed(StartUpFailure.explain(failure).orElseGet(failure::toString));
    }

    private static DataSource server(String url, PropertyResolver settings) {
        Properties properties = new Properties();
        properties.putAll(PostgresDataSources.TIME_OUTS);
        properties.put("readOnly", "true");
        properties.put("readOnlyMode", "always");
        // Whoever stands between may not know a statement by its name.
        properties.put("prepareThreshold", "0");
        return new DriverDataSource(
                url,
                "org.postgresql.Driver",
                properties,
                text(settings, "datasources.default.username", ""),
                text(settings, "datasources.default.password", ""));
    }

    private static DataSource file(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        // Files that SQLite would lay beside it are there only while somebody has it open.
        boolean open = Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
        source.setUrl(SqliteAddress.PREFIX + file.toUri() + (open ? "" : "?immutable=1"));
        return source;
    }

    /** Looks at what a database holds. */
    @FunctionalInterface
    public interface Contents {

        /** Why no server would serve it, with the cure; empty where one would. */
        Optional<String> objection(Connection connection) throws SQLException;
    }
}
