package dev.latchkey.database;

import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A UUID that both databases keep as text. By itself it would be bound as a type of its own, which SQLite does not have. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
@TypeDef(type = DataType.STRING)
public @interface StoredAsText {}
