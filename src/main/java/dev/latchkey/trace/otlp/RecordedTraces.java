package dev.latchkey.trace.otlp;

import dev.latchkey.trace.Traces;
import dev.latchkey.trace.WithCollector;
import dev.latchkey.trace.Work;
import io.micronaut.core.propagation.PropagatedContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.Clock;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells the collector. */
@Singleton
@WithCollector
final class RecordedTraces implements Traces {
    private final Tracer tracer;

    /** The real time, whatever the clock of the product was set to. */
    private final Clock clock = Clock.getDefault();

    RecordedTraces(Collector collector) {
        tracer = collector.tracer();
    }

    @Override
    public Work begin(Work.Kind kind, String name) {
        return new RecordedWork(tracer, clock, kind, name);
    }

    @Override
    public void begins(UUID request) {
        atHand().ifPresent(work -> work.begins(request));
    }

    @Override
    public void follows(UUID request) {
        atHand().ifPresent(work -> work.follows(request));
    }

    @Override
    public <T extends @Nullable Object, E extends Exception> T step(String name, Step<T, E> step) throws E {
        RecordedWork work = atHand().orElse(null);
        return work == null ? step.take() : work.step(name, step);
    }

    private static Optional<RecordedWork> atHand() {
        return PropagatedContext.getOrEmpty().find(RecordedWork.class);
    }
}
