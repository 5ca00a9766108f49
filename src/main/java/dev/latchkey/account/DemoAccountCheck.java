package dev.latchkey.account;

import dev.latchkey.config.checks.ServingCheck;
import dev.latchkey.config.checks.UnusableSetting;
import dev.latchkey.database.SqliteAddress;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps production off data that holds demo accounts: everybody knows their passphrases. It does not serve them, and takes
 * nobody in beside them; other commands run, as one of them is the cure where real people came into such data.
 */
@Singleton
@Requires(notEnv = "dev")
public final class DemoAccountCheck implements ServingCheck {
    private final DemoAccounts demos;
    private final String url;

    DemoAccountCheck(DemoAccounts demos, @Value("${datasources.default.url}") String url) {
        this.demos = demos;
        this.url = url;
    }

    @Override
    public void check() {
        objection(demos.addresses(), url).ifPresent(objection -> {
            throw objection;
        });
    }

    /** The same before a server opens the database: why it would not serve what is in there. */
    public static Optional<String> outlook(Connection connection) throws SQLException {
        DatabaseMetaData about = connection.getMetaData();
        try (ResultSet tables = about.getTables(null, connection.getSchema(), DemoAccounts.TABLE, null)) {
            if (!tables.next()) {
                return Optional.empty();
            }
        }
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(DemoAccounts.ADDRESSES)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return objection(found, about.getURL()).map(UnusableSetting::getMessage);
    }

    private static Optional<UnusableSetting> objection(List<String> found, String url) {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        boolean ownFile = SqliteAddress.isSqlite(url);
        String demo = found.size() == 1
                ? "the demo account of the dev environment, whose passphrase is published"
                : "the demo accounts of the dev environment, whose passphrases are published";
        return Optional.of(new UnusableSetting(
                ownFile ? "latchkey.data-dir" : "datasources.default.url",
                "holds " + demo + ": " + String.join(", ", found),
                "Name another " + (ownFile ? "directory" : "database")
                        + ", or delete this one, or, where real people are in it, delete each of these accounts with"
                        + " the command \"account delete\""));
    }
}
