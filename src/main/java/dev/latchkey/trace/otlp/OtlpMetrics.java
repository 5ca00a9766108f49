package dev.latchkey.trace.otlp;

import dev.latchkey.trace.WithCollector;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.ipc.http.HttpUrlConnectionSender;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpHttpMetricsSender;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics of {@code /prometheus}, sent to the collector as well, in the intervals that OpenTelemetry's variables say. */
@Factory
@WithCollector
final class OtlpMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(OtlpMetrics.class);
    private static final Duration CONNECT = Duration.ofSeconds(1);

    /** A stop waits so long for the last ones. */
    private static final Duration ANSWER = Duration.ofSeconds(2);

    @Singleton
    @Bean(preDestroy = "close")
    @Requires(property = "otel.metrics.exporter", notEquals = "none")
    OtlpMeterRegistry registry(Collector collector) {
        return OtlpMeterRegistry.builder(new Settings(collector.settings(), collector.identity()))
                .clock(Clock.SYSTEM)
                .metricsSender(quietly(new OtlpHttpMetricsSender(new HttpUrlConnectionSender(CONNECT, ANSWER))))
                .build();
    }

    /** The registry would write a stack trace for each minute in which the collector is away. */
    private static OtlpMetricsSender quietly(OtlpMetricsSender sender) {
        AtomicBoolean away = new AtomicBoolean();
        return metrics -> {
            try {
                sender.send(metrics);
                if (away.getAndSet(false)) {
                    LOG.info("The collector takes metrics again");
                }
            } catch (Exception e) {
                if (!away.getAndSet(true)) {
                    LOG.warn("The collector takes no metrics: {}", e.toString());
                }
            }
        };
    }

    private record Settings(ConfigProperties variables, Map<String, String> resourceAttributes) implements OtlpConfig {
        private static final String PREFIX = "otel.exporter.otlp.";

        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public String url() {
            String own = variables.getString(PREFIX + "metrics.endpoint");
            String all = variables.getString(PREFIX + "endpoint", "");
            return own != null ? own : (all.endsWith("/") ? all : all + "/") + "v1/metrics";
        }

        @Override
        public Map<String, String> headers() {
            Map<String, String> own = variables.getMap(PREFIX + "metrics.headers");
            return (own.isEmpty() ? variables.getMap(PREFIX + "headers") : own)
                    .entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey,
                                    header -> URLDecoder.decode(header.getValue(), StandardCharsets.UTF_8)));
        }

        @Override
        public Duration step() {
            Duration step = variables.getDuration("otel.metric.export.interval");
            return step == null ? Duration.ofMinutes(1) : step;
        }
    }
}
