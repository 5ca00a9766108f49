package dev.latchkey.database;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Chooses the migrations that are written for the configured database. */
@Singleton
@Named("default")
final class Migrations implements FlywayConfigurationCustomizer {
    private final DatasourceConfiguration database;

    Migrations(@Named("default") DatasourceConfiguration database) {
        this.database = database;
    }

    @Override
    public String getName() {
        return "default";
    }

    @Override
    public void customizeFluentConfiguration(FluentConfiguration flyway) {
        String dialect = SqliteAddress.isSqlite(database.getUrl()) ? "sqlite" : "postgresql";
        flyway.locations("classpath:db/migration/" + dialect);
    }
}
