package dev.latchkey.trace.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.trace.Work;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What spans become of work. */
class RecordedWorkTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final InMemorySpanExporter told = InMemorySpanExporter.create();
    private final UUID request = UuidCreator.getTimeOrderedEpoch();
    private final UUID other = UuidCreator.getTimeOrderedEpoch();

    @Test
    @DisplayName("work that is about no request has a trace of its own")
    void hasATraceOfItsOwn() {
        RecordedWork work = begin(Sampler.alwaysOn());
        work.close();
        begin(Sampler.alwaysOn()).close();

        List<SpanData> spans = told.getFinishedSpanItems();
        assertThat(spans).allMatch(span -> !span.getParentSpanContext().isValid());
        assertThat(spans.get(0).getTraceId()).isNotEqualTo(spans.get(1).getTraceId());
    }

    @Test
    @DisplayName("what follows a request lies below what began it, though nobody there knows of the other")
    void followsWhatBegan() {
        RecordedWork later = begin(Sampler.alwaysOn());
        later.follows(request);
        later.close();
        RecordedWork first = begin(Sampler.alwaysOn());
        first.begins(request);
        first.close();

        SpanData after = told.getFinishedSpanItems().get(0);
        SpanData before = told.getFinishedSpanItems().get(1);
        assertThat(before.getTraceId())
                .isEqualTo(after.getTraceId())
                .isEqualTo(request.toString().replace("-", ""));
        assertThat(before.getParentSpanContext().isValid()).isFalse();
        assertThat(after.getParentSpanId()).isEqualTo(before.getSpanId());
    }

    @Test
    @DisplayName("work that begins a request belongs to that, and points to the one that it came from")
    void pointsBack() {
        RecordedWork again = begin(Sampler.alwaysOn());
        again.follows(request);
        again.begins(other);
        again.follows(request);
        again.close();

        SpanData span = told.getFinishedSpanItems().getFirst();
        assertThat(span.getTraceId()).isEqualTo(other.toString().replace("-", ""));
        assertThat(span.getLinks())
                .extracting(link -> link.getSpanContext().getTraceId())
                .containsExactly(request.toString().replace("-", ""));
    }

    @Test
    @DisplayName("steps lie within each other, and say by which name they failed and nothing more")
    void nestsSteps() {
        RecordedWork work = begin(Sampler.alwaysOn());
        assertThat(work.<String, RuntimeException>step("outer", () -> work.step("inner", () -> "done")))
                .isEqualTo("done");
        assertThatThrownBy(() -> work.step("broken", () -> {
                    throw new IllegalStateException("ada@example.org");
                }))
                .isInstanceOf(IllegalStateException.class);
        work.<String, RuntimeException>step("after", () -> "done");
        work.failed("503");
        work.close();

        SpanData root = span("work");
        assertThat(span("outer").getParentSpanId()).isEqualTo(root.getSpanId());
        assertThat(span("inner").getParentSpanId()).isEqualTo(span("outer").getSpanId());
        assertThat(span("broken").getParentSpanId()).isEqualTo(root.getSpanId());
        assertThat(span("after").getParentSpanId()).isEqualTo(root.getSpanId());
        assertThat(span("broken").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span("broken").getAttributes().asMap().values()).containsExactly("IllegalStateException");
        assertThat(root.getAttributes().asMap().values()).containsExactly("503");
        assertThat(told.getFinishedSpanItems())
                .allMatch(span -> span.getEvents().isEmpty()
                        && span.getStatus().getDescription().isEmpty())
                .allMatch(span -> span.getEndEpochNanos() >= span.getStartEpochNanos());
        assertThat(root.getKind()).isEqualTo(SpanKind.SERVER);
    }

    @Test
    @DisplayName("what it waited for ends where it begins, and never lies in the future")
    void waitsBeforeItBegins() {
        RecordedWork work = begin(Sampler.alwaysOn());
        work.follows(request);
        work.waited("outbox", Duration.ofSeconds(3));
        work.close();
        RecordedWork clockWentBack = begin(Sampler.alwaysOn());
        clockWentBack.waited("early", Duration.ofSeconds(-3));
        clockWentBack.close();

        SpanData wait = span("outbox");
        assertThat(wait.getEndEpochNanos() - wait.getStartEpochNanos())
                .isEqualTo(Duration.ofSeconds(3).toNanos());
        assertThat(wait.getParentSpanId()).isEqualTo(span("work").getParentSpanId());
        assertThat(span("early").getEndEpochNanos()).isEqualTo(span("early").getStartEpochNanos());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-" + TRACE + "-00f067aa0ba902b7",
                "ff-" + TRACE + "-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-ada@example.org-00f067aa0ba902b7-01"
            })
    @DisplayName("a caller who says something else than where the call comes from is not heard")
    void hearsNoNonsense(String traceparent) {
        RecordedWork work = begin(Sampler.alwaysOn());
        work.calledFrom(traceparent);
        work.close();

        assertThat(span("work").getLinks()).isEmpty();
    }

    @Test
    @DisplayName("a caller is linked to, once, and is no parent")
    void linksToItsCaller() {
        RecordedWork work = begin(Sampler.alwaysOn());
        work.calledFrom("00-" + TRACE + "-00f067aa0ba902b7-01");
        work.calledFrom("cc-" + TRACE + "-00f067aa0ba902b7-01-what-comes-later");
        work.close();

        assertThat(span("work").getLinks())
                .extracting(LinkData::getSpanContext)
                .singleElement()
                .satisfies(caller -> assertThat(caller.getTraceId()).isEqualTo(TRACE));
        assertThat(span("work").getTraceId()).isNotEqualTo(TRACE);
    }

    @Test
    @DisplayName("a share of the requests is told of, each as a whole")
    void tellsWholeTraces() {
        Sampler tenth = new WholeTraces(Sampler.parentBased(Sampler.traceIdRatioBased(0.1)));
        int requests = 4000;
        int whole = 0;
        for (int i = 0; i < requests; i++) {
            told.reset();
            UUID one = UuidCreator.getTimeOrderedEpoch();
            RecordedWork first = begin(tenth);
            first.begins(one);
            first.step("step", () -> "");
            first.close();
            RecordedWork later = begin(tenth);
            later.follows(one);
            later.close();
            assertThat(told.getFinishedSpanItems().size()).isIn(0, 3);
            whole += told.getFinishedSpanItems().size() / 3;
        }
        assertThat(whole).isBetween(requests / 20, requests / 5);
    }

    private RecordedWork begin(Sampler sampler) {
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setIdGenerator(new RequestIds())
                .setSampler(sampler)
                .addSpanProcessor(SimpleSpanProcessor.create(told))
                .build();
        return new RecordedWork(provider.get("test"), Clock.getDefault(), Work.Kind.CALL, "work");
    }

    private SpanData span(String name) {
        return told.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
