package dev.latchkey.trace.otlp;

import dev.latchkey.trace.WithCollector;
import io.micronaut.context.env.Environment;
import io.micronaut.core.naming.conventions.StringConvention;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.resources.Resource;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the operator said of the collector, in OpenTelemetry's own variables, and the SDK that was made of it.
 */
@Singleton
@WithCollector
final class Collector {
    private static final String NAME = "latchkey";
    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
    private static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("service.instance.id");
    private static final AttributeKey<String> VERSION = AttributeKey.stringKey("service.version");

    /** A stop waits so long for what was not sent yet. */
    private static final long FAREWELL_SECONDS = 2;

    private final OpenTelemetrySdk sdk;
    private @Nullable ConfigProperties settings;
    private @Nullable Resource resource;

    Collector(Environment environment) {
        sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(() -> defaults(environment))
                .addPropertiesCustomizer(given -> {
                    settings = given;
                    // Micrometer sends the metrics, and there is nothing else to send.
                    return Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none");
                })
                .addResourceCustomizer((given, config) -> resource = named(given))
                .addSamplerCustomizer((sampler, config) -> new WholeTraces(sampler))
                .addTracerProviderCustomizer((provider, config) -> provider.setIdGenerator(new RequestIds()))
                .build()
                .getOpenTelemetrySdk();
    }

    private static Map<String, String> defaults(Environment environment) {
        Map<String, String> defaults = new HashMap<>(Map.of("otel.exporter.otlp.protocol", "http/protobuf"));
        environment
                .getProperties("otel", StringConvention.RAW)
                .forEach((key, value) -> defaults.put("otel." + key, String.valueOf(value)));
        return defaults;
    }

    /** As the operator calls this service, and each of its processes, or as we do. */
    private static Resource named(Resource given) {
        String version = Collector.class.getPackage().getImplementationVersion();
        Resource ours = Resource.create(Attributes.of(
                INSTANCE, UUID.randomUUID().toString(), VERSION, Objects.requireNonNullElse(version, "dev")));
        String name = String.valueOf(given.getAttribute(SERVICE));
        return ours.merge(given)
                .merge(name.startsWith("unknown_service") ? Resource.create(Attributes.of(SERVICE, NAME)) : null);
    }

    Tracer tracer() {
        return sdk.getTracer(NAME);
    }

    ConfigProperties settings() {
        return Objects.requireNonNull(settings);
    }

    /** Who this process is, as spans say and metrics, too; each names its own SDK. */
    Map<String, String> identity() {
        Map<String, String> identity = new HashMap<>();
        Objects.requireNonNull(resource)
                .getAttributes()
                .forEach((AttributeKey<?> key, Object value) -> identity.put(key.getKey(), value.toString()));
        identity.keySet().removeIf(key -> key.startsWith("telemetry.sdk."));
        return identity;
    }

    @PreDestroy
    void close() {
        sdk.shutdown().join(FAREWELL_SECONDS, TimeUnit.SECONDS);
    }
}
