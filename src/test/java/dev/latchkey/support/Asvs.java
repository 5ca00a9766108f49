package dev.latchkey.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which requirements of OWASP ASVS 5.0.0 a test holds: it would fail were one of them broken. On a class, all its tests
 * together do. {@code AsvsTableTest} makes docs/asvs.md of it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.FIELD})
public @interface Asvs {
    /** Numbers such as {@code 6.2.1}. */
    String[] value();
}
