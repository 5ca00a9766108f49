package dev.latchkey.database;

import io.micronaut.context.annotation.Requires;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A bean that is there when the data lives in a SQLite file. */
@Retention(RetentionPolicy.RUNTIME)
@Requires(property = "datasources.default.url", pattern = "jdbc:sqlite:.*")
public @interface OnSqlite {}
