package dev.latchkey.trace.otlp;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.UUID;

/**
 * The ids of traces: a trace about a request for a link has the id of the request, and the span that it begins with the
 * second half of it. So whoever comes later, on whichever node, knows both.
 */
final class RequestIds implements IdGenerator {
    private static final ScopedValue<SpanContext> GIVEN = ScopedValue.newInstance();

    private final IdGenerator random = IdGenerator.random();

    /** The span that the trace of a request begins with. */
    static SpanContext beginningOf(UUID request) {
        return SpanContext.createFromRemoteParent(
                TraceId.fromLongs(request.getMostSignificantBits(), request.getLeastSignificantBits()),
                SpanId.fromLong(request.getLeastSignificantBits()),
                TraceFlags.getSampled(),
                TraceState.getDefault());
    }

    /** Starts a span without a parent as the one that the trace of a request begins with. */
    static Span startBeginning(UUID request, SpanBuilder span) {
        return ScopedValue.where(GIVEN, beginningOf(request)).call(span::startSpan);
    }

    @Override
    public String generateSpanId() {
        return GIVEN.isBound() ? GIVEN.get().getSpanId() : random.generateSpanId();
    }

    @Override
    public String generateTraceId() {
        return GIVEN.isBound() ? GIVEN.get().getTraceId() : random.generateTraceId();
    }
}
