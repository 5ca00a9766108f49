package dev.latchkey.config.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CollectorRulesTest {
    @TempDir
    Path data;

    @Test
    @DisplayName("takes a collector as OpenTelemetry's variables name it")
    void takesACollector() {
        assertThat(findings(Map.of(
                        "otel.exporter.otlp.endpoint", "http://collector:4318",
                        "otel.exporter.otlp.protocol", "http/protobuf",
                        "otel.traces.sampler", "parentbased_traceidratio",
                        "otel.traces.sampler.arg", "0.25")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            otel.exporter.otlp.endpoint | collector:4318 | OTEL_EXPORTER_OTLP_ENDPOINT: is no address of a collector. Set it to one such as http://localhost:4318, or leave it unset.
            otel.exporter.otlp.endpoint | http://me@collector | OTEL_EXPORTER_OTLP_ENDPOINT: is no address of a collector. Set it to one such as http://localhost:4318, or leave it unset.
            otel.exporter.otlp.protocol | grpc | OTEL_EXPORTER_OTLP_PROTOCOL: is "grpc". Set it to http/protobuf, which collectors take at port 4318, or leave it unset.
            otel.traces.sampler | sometimes | OTEL_TRACES_SAMPLER: is "sometimes". Set it to always_on, always_off or traceidratio, or leave it unset.
            otel.traces.sampler.arg | 10% | OTEL_TRACES_SAMPLER_ARG: is "10%". Set it to a part from 0 to 1, such as 0.1.
            """)
    @DisplayName("refuses what would send nothing, with the cure")
    void refusesWithTheCure(String property, String value, String line) {
        assertThat(findings(Map.of(property, value))).containsExactly(line);
    }

    private List<String> findings(Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "latchkey.data-dir", data.toString(),
                "latchkey.base-url", "https://id.example.com",
                "latchkey.smtp.host", "mail.example.com",
                "latchkey.mail-from", "latchkey@example.com"));
        all.putAll(settings);
        return StartUpChecks.forServing(ApplicationContext.builder()
                .deduceEnvironment(false)
                .properties(all)
                .build()
                .getEnvironment()
                .start());
    }
}
