package dev.latchkey.trace;

import io.micronaut.context.annotation.Requires;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** There only where the operator named a collector; blank is the same as not named, as OpenTelemetry has it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Requires(property = "otel.exporter.otlp.endpoint", pattern = "\\s*\\S.*")
@Requires(property = "otel.sdk.disabled", notEquals = "true")
public @interface WithCollector {}
