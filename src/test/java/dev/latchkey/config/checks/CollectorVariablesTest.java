package dev.latchkey.config.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class CollectorVariablesTest {
    @Test
    @DisplayName("Every variable of OpenTelemetry that the documents name is known")
    void knowsWhatTheDocumentsName() throws IOException {
        for (String page : List.of("docs/configuration.md", "docs/monitoring.md", "deploy/kubernetes.yaml")) {
            List<String> named = Pattern.compile("OTEL_[A-Z_]+")
                    .matcher(Files.readString(Path.of(page)))
                    .results()
                    .map(MatchResult::group)
                    .toList();
            assertThat(StartUpChecks.unknown(named)).as(page).isEmpty();
        }
    }

    @Test
    @DisplayName("What is put together of parts is known, and nothing beside")
    void knowsEachSignal() {
        assertThat(StartUpChecks.unknown(List.of(
                        "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
                        "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT",
                        "OTEL_BSP_MAX_QUEUE_SIZE",
                        "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT")))
                .isEmpty();
        assertThat(StartUpChecks.unknown(List.of("OTEL_TRACE_SAMPLER", "OTEL_BPS_MAX_QUEUE_SIZE")))
                .containsExactly(
                        "OTEL_BPS_MAX_QUEUE_SIZE: is no variable of OpenTelemetry and changes nothing."
                                + " The nearest one is OTEL_BSP_MAX_QUEUE_SIZE.",
                        "OTEL_TRACE_SAMPLER: is no variable of OpenTelemetry and changes nothing."
                                + " The nearest one is OTEL_TRACES_SAMPLER.");
    }
}
