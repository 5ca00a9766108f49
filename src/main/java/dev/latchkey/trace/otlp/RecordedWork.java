package dev.latchkey.trace.otlp;

import dev.latchkey.trace.Traces.Step;
import dev.latchkey.trace.Work;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Work of which spans are made once it is done: only in the middle of it is it known which request it is about, and a
 * span belongs to its trace from the start.
 */
final class RecordedWork implements Work {
    static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("latchkey.request_id");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    /** Version 00 and what later ones have in common with it (W3C Trace Context, section 3.2). */
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?");

    /** More than any work takes; an import is none. */
    private static final int MOST_STEPS = 100;

    private final Tracer tracer;
    private final Clock clock;
    private final SpanKind kind;
    private final long startedAt;
    private final AttributesBuilder attributes = Attributes.builder();
    private final List<SpanContext> links = new ArrayList<>();
    private final List<Taken> steps = new ArrayList<>();
    private String name;
    private @Nullable String failure;
    private @Nullable UUID request;
    private boolean beginning;
    private @Nullable Taken current;
    private @Nullable Taken wait;

    RecordedWork(Tracer tracer, Clock clock, Kind kind, String name) {
        this.tracer = tracer;
        this.clock = clock;
        this.kind = kind == Kind.CALL ? SpanKind.SERVER : SpanKind.CONSUMER;
        this.name = name;
        startedAt = clock.now();
    }

    private static final class Taken {
        final String name;
        final @Nullable Taken around;
        final long startedAt;
        long endedAt;

        @Nullable
        String failure;

        Context context = Context.root();

        Taken(String name, @Nullable Taken around, long startedAt) {
            this.name = name;
            this.around = around;
            this.startedAt = startedAt;
        }
    }

    @Override
    public synchronized void rename(String name) {
        this.name = name;
    }

    @Override
    public synchronized void say(String name, String value) {
        attributes.put(name, value);
    }

    @Override
    public synchronized void say(String name, long value) {
        attributes.put(name, value);
    }

    @Override
    public synchronized void failed(String type) {
        failure = type;
    }

    @Override
    public synchronized void waited(String where, Duration time) {
        Taken before = new Taken(where, null, startedAt - Math.max(0, time.toNanos()));
        before.endedAt = startedAt;
        wait = before;
    }

    @Override
    public synchronized void calledFrom(String traceparent) {
        Matcher parts = TRACEPARENT.matcher(traceparent);
        if (parts.matches()) {
            link(SpanContext.createFromRemoteParent(
                    parts.group(1), parts.group(2), TraceFlags.getDefault(), TraceState.getDefault()));
        }
    }

    /** The request that it begins counts for more than one that it was about before. */
    synchronized void begins(UUID id) {
        if (!beginning) {
            UUID before = request;
            request = id;
            beginning = true;
            if (before != null) {
                link(RequestIds.beginningOf(before));
            }
        } else {
            link(RequestIds.beginningOf(id));
        }
    }

    synchronized void follows(UUID id) {
        if (request == null) {
            request = id;
        } else if (!request.equals(id)) {
            link(RequestIds.beginningOf(id));
        }
    }

    private void link(SpanContext other) {
        if (other.isValid() && links.size() < MOST_STEPS && !links.contains(other)) {
            links.add(other);
        }
    }

    <T extends @Nullable Object, E extends Exception> T step(String name, Step<T, E> step) throws E {
        Taken taken = start(name);
        try {
            return step.take();
        } catch (Exception | Error e) {
            taken.failure = e.getClass().getSimpleName();
            throw e;
        } finally {
            end(taken);
        }
    }

    private synchronized Taken start(String name) {
        Taken taken = new Taken(name, current, clock.now());
        if (steps.size() < MOST_STEPS) {
            steps.add(taken);
        }
        current = taken;
        return taken;
    }

    private synchronized void end(Taken taken) {
        taken.endedAt = clock.now();
        current = taken.around;
    }

    @Override
    public synchronized void close() {
        UUID about = request;
        if (about != null) {
            attributes.put(REQUEST_ID, about.toString());
        }
        Context parent = about == null || beginning
                ? Context.root()
                : Context.root().with(Span.wrap(RequestIds.beginningOf(about)));
        if (wait != null) {
            tell(wait, parent);
        }
        SpanBuilder builder = builder(name, kind, parent, startedAt).setAllAttributes(attributes.build());
        links.forEach(builder::addLink);
        Span span = about != null && beginning ? RequestIds.startBeginning(about, builder) : builder.startSpan();
        Context self = Context.root().with(span);
        for (Taken step : steps) {
            step.context = tell(step, step.around == null ? self : step.around.context);
        }
        end(span, failure, clock.now());
    }

    private Context tell(Taken step, Context parent) {
        Span span =
                builder(step.name, SpanKind.INTERNAL, parent, step.startedAt).startSpan();
        end(span, step.failure, step.endedAt == 0 ? clock.now() : step.endedAt);
        return Context.root().with(span);
    }

    private SpanBuilder builder(String name, SpanKind kind, Context parent, long startedAt) {
        return tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setParent(parent)
                .setStartTimestamp(startedAt, TimeUnit.NANOSECONDS);
    }

    private static void end(Span span, @Nullable String failure, long at) {
        if (failure != null) {
            span.setAttribute(ERROR_TYPE, failure).setStatus(StatusCode.ERROR);
        }
        span.end(at, TimeUnit.NANOSECONDS);
    }
}
