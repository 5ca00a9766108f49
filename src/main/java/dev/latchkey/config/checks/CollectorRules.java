package dev.latchkey.config.checks;

import static dev.latchkey.config.checks.ConfigurationRule.matching;
import static dev.latchkey.config.checks.ConfigurationRule.right;
import static dev.latchkey.config.checks.ConfigurationRule.value;

import dev.latchkey.config.BaseUrl;
import java.util.List;
import java.util.Set;

/** What must be true of OpenTelemetry's variables, of which the SDK would complain in the middle of a start, or not at all. */
final class CollectorRules {
    private static final Set<String> SAMPLERS = Set.of(
            "always_on",
            "always_off",
            "traceidratio",
            "parentbased_always_on",
            "parentbased_always_off",
            "parentbased_traceidratio");

    static final List<ConfigurationRule> ALL = List.of(
            value(
                    "otel.exporter.otlp.endpoint",
                    (url, dev) -> BaseUrl.isAddress(url, true) ? null : "is no address of a collector",
                    "Set it to one such as http://localhost:4318, or leave it unset"),
            right(
                    "otel.exporter.otlp.protocol",
                    "http/protobuf"::equals,
                    "Set it to http/protobuf, which collectors take at port 4318, or leave it unset"),
            right(
                    "otel.traces.sampler",
                    SAMPLERS::contains,
                    "Set it to always_on, always_off or traceidratio, or leave it unset"),
            matching("otel.traces.sampler.arg", "0(\\.\\d+)?|1(\\.0+)?", "Set it to a part from 0 to 1, such as 0.1"));

    private CollectorRules() {}
}
