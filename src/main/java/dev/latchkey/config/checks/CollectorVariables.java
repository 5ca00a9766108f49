package dev.latchkey.config.checks;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * OpenTelemetry's own variables, after its specification ("Environment Variable Specification") and what its Java SDK has
 * beside. Those about logs change nothing here, but nobody misspelt them: one environment often serves several programs.
 */
final class CollectorVariables {
    static final String BEGIN = "OTEL_";

    /** Of agents and instrumentations, whose list is not ours to know. */
    private static final List<String> OF_OTHERS =
            List.of("OTEL_INSTRUMENTATION_", "OTEL_JAVAAGENT_", "OTEL_JAVA_", "OTEL_EXPERIMENTAL_", "OTEL_SEMCONV_");

    private static final List<String> OF_EXPORTERS = List.of(
            "CERTIFICATE",
            "CLIENT_CERTIFICATE",
            "CLIENT_KEY",
            "COMPRESSION",
            "ENDPOINT",
            "HEADERS",
            "INSECURE",
            "PROTOCOL",
            "TIMEOUT");

    private static final List<String> OF_BATCHES =
            List.of("EXPORT_TIMEOUT", "MAX_EXPORT_BATCH_SIZE", "MAX_QUEUE_SIZE", "SCHEDULE_DELAY");

    private static final List<String> OF_LIMITS = List.of("ATTRIBUTE_COUNT_LIMIT", "ATTRIBUTE_VALUE_LENGTH_LIMIT");

    private static final List<String> KNOWN = Stream.of(
                    Stream.of(
                            "OTEL_CONFIG_FILE",
                            "OTEL_ENTITIES",
                            "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT",
                            "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION",
                            "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
                            "OTEL_EXPORTER_PROMETHEUS_HOST",
                            "OTEL_EXPORTER_PROMETHEUS_PORT",
                            "OTEL_EXPORTER_ZIPKIN_ENDPOINT",
                            "OTEL_EXPORTER_ZIPKIN_TIMEOUT",
                            "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT",
                            "OTEL_LOG_LEVEL",
                            "OTEL_LOGS_EXPORTER",
                            "OTEL_METRICS_EXEMPLAR_FILTER",
                            "OTEL_METRICS_EXPORTER",
                            "OTEL_METRIC_EXPORT_INTERVAL",
                            "OTEL_METRIC_EXPORT_MAX_BATCH_SIZE",
                            "OTEL_METRIC_EXPORT_TIMEOUT",
                            "OTEL_PROPAGATORS",
                            "OTEL_RESOURCE_ATTRIBUTES",
                            "OTEL_RESOURCE_DISABLED_KEYS",
                            "OTEL_SDK_DISABLED",
                            "OTEL_SERVICE_NAME",
                            "OTEL_SPAN_EVENT_COUNT_LIMIT",
                            "OTEL_SPAN_LINK_COUNT_LIMIT",
                            "OTEL_TRACES_EXPORTER",
                            "OTEL_TRACES_SAMPLER",
                            "OTEL_TRACES_SAMPLER_ARG"),
                    each(
                            List.of(
                                    "OTEL_EXPORTER_OTLP_",
                                    "OTEL_EXPORTER_OTLP_TRACES_",
                                    "OTEL_EXPORTER_OTLP_METRICS_",
                                    "OTEL_EXPORTER_OTLP_LOGS_"),
                            OF_EXPORTERS),
                    each(List.of("OTEL_BSP_", "OTEL_BLRP_"), OF_BATCHES),
                    each(List.of(BEGIN, "OTEL_SPAN_", "OTEL_LOGRECORD_"), OF_LIMITS))
            .flatMap(names -> names)
            .toList();

    private CollectorVariables() {}

    private static Stream<String> each(List<String> beginnings, List<String> ends) {
        return beginnings.stream().flatMap(beginning -> ends.stream().map(beginning::concat));
    }

    /** Those that everybody means who sets a variable that begins like them. */
    static Collection<String> known() {
        return KNOWN;
    }

    /** Whether somebody else may know a variable of that name. */
    static boolean isOfOthers(String variable) {
        return OF_OTHERS.stream().anyMatch(variable::startsWith);
    }
}
