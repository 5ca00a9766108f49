package dev.latchkey.database;

import io.micronaut.context.annotation.Requires;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A bean that is there when the data lives in PostgreSQL. */
@Retention(RetentionPolicy.RUNTIME)
@Requires(property = "datasources.default.url", pattern = "jdbc:postgresql:.*")
public @interface OnPostgres {}
