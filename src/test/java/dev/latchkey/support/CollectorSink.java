package dev.latchkey.support;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A collector of OpenTelemetry that takes OTLP over HTTP, and keeps what it was sent. */
public final class CollectorSink implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();

    /** One call, as it came. */
    public record Sent(String path, Map<String, List<String>> headers, byte[] body) {
        /** Whatever can be read in it. */
        public String text() {
            return headers + new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    private CollectorSink() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    /** A collector on a free port. */
    public static CollectorSink start() {
        try {
            return new CollectorSink();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream in = exchange.getRequestBody()) {
            String encoding = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            byte[] body = (encoding.equals("gzip") ? new GZIPInputStream(in) : in).readAllBytes();
            sent.add(new Sent(exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders()), body));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** What {@code OTEL_EXPORTER_OTLP_ENDPOINT} is set to. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Throws away all that has come. */
    public void empty() {
        sent.clear();
    }

    /** All calls. */
    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** All spans, in the order in which they came. */
    public List<Span> spans() {
        return sent("/v1/traces")
                .flatMap(call -> traces(call).getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    /** All metrics, as often as they came. */
    public List<Metric> metrics() {
        return sent("/v1/metrics")
                .flatMap(call -> metrics(call).getResourceMetricsList().stream())
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .toList();
    }

    /** Who sent spans. */
    public Map<String, String> sender() {
        return sent("/v1/traces")
                .flatMap(call -> traces(call).getResourceSpansList().stream())
                .map(resource -> attributes(resource.getResource().getAttributesList()))
                .findFirst()
                .orElse(Map.of());
    }

    /** Who sent metrics. */
    public Map<String, String> meter() {
        return sent("/v1/metrics")
                .flatMap(call -> metrics(call).getResourceMetricsList().stream())
                .map(resource -> attributes(resource.getResource().getAttributesList()))
                .findFirst()
                .orElse(Map.of());
    }

    /** What is said of a span. */
    public static Map<String, String> attributes(Span span) {
        return attributes(span.getAttributesList());
    }

    /** The id of a trace, span or parent in hexadecimal. */
    public static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static Map<String, String> attributes(List<KeyValue> pairs) {
        return pairs.stream().collect(Collectors.toMap(KeyValue::getKey, pair -> text(pair.getValue())));
    }

    private static String text(AnyValue value) {
        return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
    }

    private Stream<Sent> sent(String path) {
        return sent.stream().filter(call -> call.path().equals(path));
    }

    private static ExportTraceServiceRequest traces(Sent call) {
        try {
            return ExportTraceServiceRequest.parseFrom(call.body());
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ExportMetricsServiceRequest metrics(Sent call) {
        try {
            return ExportMetricsServiceRequest.parseFrom(call.body());
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
