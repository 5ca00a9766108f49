package dev.latchkey.trace.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Decides by the trace's id alone, so that a trace is told of as a whole or not at all, whoever adds to it. Samplers look at
 * the second half of an id; that of a UUID begins with the same two bits always, in place of which random ones are shown.
 */
record WholeTraces(Sampler sampler) implements Sampler {
    private static final int VARIANT_BITS = 2;
    private static final int HALF = 16;

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        return sampler.shouldSample(Context.root(), evened(traceId), name, kind, attributes, links);
    }

    static String evened(String traceId) {
        long first = Long.parseUnsignedLong(traceId.substring(0, HALF), HALF);
        long second = Long.parseUnsignedLong(traceId.substring(HALF), HALF);
        long rest = -1L >>> VARIANT_BITS;
        return TraceId.fromLongs(first, (first << (Long.SIZE - VARIANT_BITS)) | (second & rest));
    }

    @Override
    public String getDescription() {
        return "WholeTraces{" + sampler.getDescription() + "}";
    }
}
