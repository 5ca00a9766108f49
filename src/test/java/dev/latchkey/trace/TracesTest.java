package dev.latchkey.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.account.Account;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import dev.latchkey.support.CollectorSink;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.FreePort;
import dev.latchkey.support.Listener;
import dev.latchkey.support.People;
import dev.latchkey.support.SmtpSink;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a collector of OpenTelemetry is sent. */
class TracesTest {
    private static final Pattern TOKEN = Pattern.compile("/edit/([0-9a-z]+)");
    private static final String CALLERS_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLERS_SPAN = "00f067aa0ba902b7";

    @ParameterizedTest
    @EnumSource
    @DisplayName("Init, its mail, Load, the page, Save and the notice of it are one trace, which has the request's id")
    void tellsOneStoryInOneTrace(Database database) {
        try (CollectorSink collector = CollectorSink.start();
                SmtpSink sink = SmtpSink.start();
                EmbeddedServer server = Contexts.serve(database, settings(collector.endpoint(), sink.port()))) {
            Account ada = People.somebody(server.getApplicationContext());
            Api api = new Api(server);
            Answer init = api.post(
                    "/api/update/init?source=CANARYquery",
                    Map.of("email", ada.email().value(), "proposal", Map.of("bio", "CANARYproposal")),
                    "Authorization",
                    "Bearer " + Api.KEY,
                    "User-Agent",
                    "CANARYagent",
                    "traceparent",
                    "00-" + CALLERS_TRACE + "-" + CALLERS_SPAN + "-00",
                    "tracestate",
                    "canary=CANARYstate",
                    "openai-conversation-id",
                    "CANARYconversation");
            assertThat(init.status()).isEqualTo(202);
            String trace = init.text("requestId").replace("-", "");
            await().until(() -> sink.received().size() == 1);
            String token = tokenIn(sink);
            assertThat(api.post("/api/update/load", Map.of("token", token)).status())
                    .isEqualTo(200);
            assertThat(api.get("/edit/" + token, "Accept", "text/html").status())
                    .isEqualTo(200);
            assertThat(api.post(
                                    "/api/update/save",
                                    Map.of("token", token, "bio", "CANARYbio", "passphrase", "CANARYpassphrase 1"))
                            .status())
                    .isEqualTo(200);
            assertThat(api.get("/CANARYnowhere").status()).isEqualTo(404);
            await().until(() -> names(collector, trace).contains("mail changed"));
            await().until(() -> names(collector).contains("GET"));

            assertThat(names(collector, trace))
                    .contains(
                            "POST /api/update/init",
                            "write request-link",
                            "outbox",
                            "mail edit-link",
                            "compose",
                            "smtp",
                            "POST /api/update/load",
                            "load",
                            "GET /edit/{token}",
                            "POST /api/update/save",
                            "prepare",
                            "write use-link");
            Span beginning = span(collector, "POST /api/update/init");
            assertThat(beginning.getParentSpanId().isEmpty()).isTrue();
            assertThat(CollectorSink.hex(beginning.getSpanId())).isEqualTo(trace.substring(16));
            assertThat(List.of(
                            span(collector, "mail edit-link"),
                            span(collector, "outbox"),
                            span(collector, "POST /api/update/load"),
                            span(collector, "GET /edit/{token}"),
                            span(collector, "POST /api/update/save"),
                            span(collector, "mail changed")))
                    .allMatch(span -> span.getParentSpanId().equals(beginning.getSpanId()));
            assertThat(span(collector, "write use-link").getParentSpanId())
                    .isEqualTo(span(collector, "POST /api/update/save").getSpanId());
            assertThat(CollectorSink.attributes(beginning))
                    .containsOnly(
                            Map.entry("http.request.method", "POST"),
                            Map.entry("http.route", "/api/update/init"),
                            Map.entry("http.response.status_code", "202"),
                            Map.entry("url.scheme", "http"),
                            Map.entry("latchkey.request_id", init.text("requestId")));
            assertThat(CollectorSink.attributes(span(collector, "mail edit-link")))
                    .containsOnly(
                            Map.entry("latchkey.mail.kind", "edit-link"),
                            Map.entry("latchkey.mail.attempt", "1"),
                            Map.entry("latchkey.mail.result", "accepted"),
                            Map.entry("latchkey.request_id", init.text("requestId")));
            // A stranger is named, and decides nothing.
            assertThat(beginning.getLinksList()).singleElement().satisfies(link -> {
                assertThat(CollectorSink.hex(link.getTraceId())).isEqualTo(CALLERS_TRACE);
                assertThat(CollectorSink.hex(link.getSpanId())).isEqualTo(CALLERS_SPAN);
            });
            assertThat(collector.sender())
                    .containsEntry("service.name", "latchkey")
                    .containsKey("service.instance.id");

            awaitMetrics(collector);
            for (String who : List.of("service.name", "service.instance.id", "service.version")) {
                assertThat(collector.meter())
                        .containsEntry(who, collector.sender().get(who));
            }
            assertThat(collector.sent())
                    .allSatisfy(call -> assertThat(call.text())
                            .doesNotContain("CANARY", token, ada.email().value(), String.valueOf(ada.pin()), Api.KEY));
        }
    }

    @Test
    @DisplayName("A collector that is away or never answers slows no call, and a stop waits for it for seconds at most")
    void nobodyWaitsForACollector() throws IOException {
        try (Listener silent = new Listener(
                        new ServerSocket(0, 128, InetAddress.getLoopbackAddress()),
                        client -> client.getInputStream().readAllBytes());
                SmtpSink sink = SmtpSink.start()) {
            for (String endpoint :
                    List.of("http://127.0.0.1:" + FreePort.next(), "http://127.0.0.1:" + silent.port())) {
                EmbeddedServer server = Contexts.serve(Database.SQLITE, settings(endpoint, sink.port()));
                Account ada = People.somebody(server.getApplicationContext());
                Api api = new Api(server);
                int before = sink.received().size();
                // More than fit into the queue.
                for (int i = 0; i < 100; i++) {
                    assertThat(api.get("/").status()).isEqualTo(200);
                }
                long asked = System.nanoTime();
                assertThat(api.post(
                                        "/api/update/init",
                                        Map.of("email", ada.email().value()),
                                        "Authorization",
                                        "Bearer " + Api.KEY)
                                .status())
                        .isEqualTo(202);
                await().until(() -> sink.received().size() > before);
                assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
                long stopped = System.nanoTime();
                server.close();
                assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(15));
            }
        }
    }

    @Test
    @DisplayName("What is not sent yet when the server stops is sent then")
    void sendsTheRestAtTheEnd() {
        try (CollectorSink collector = CollectorSink.start()) {
            Map<String, Object> settings = settings(collector.endpoint(), 9);
            settings.put("otel.bsp.schedule.delay", "60000");
            settings.put("otel.metric.export.interval", "60000");
            try (EmbeddedServer server = Contexts.serve(Database.SQLITE, settings)) {
                new Api(server).get("/");
                assertThat(collector.sent()).isEmpty();
            }
            assertThat(names(collector)).containsExactly("GET /");
            assertThat(collector.metrics()).isNotEmpty();
        }
    }

    @Test
    @DisplayName("The collector gets the headers, names and share of traces that OpenTelemetry's variables ask for")
    void heedsTheStandardVariables() {
        try (CollectorSink collector = CollectorSink.start()) {
            Map<String, Object> settings = settings(collector.endpoint() + "/", 9);
            settings.putAll(Map.of(
                    "otel.exporter.otlp.headers", "authorization=Bearer%20abc,x-tenant=books",
                    "otel.service.name", "books-id",
                    "otel.resource.attributes", "deployment.environment.name=staging",
                    "otel.traces.sampler", "parentbased_traceidratio",
                    "otel.traces.sampler.arg", "0"));
            try (EmbeddedServer server = Contexts.serve(Database.SQLITE, settings)) {
                new Api(server).get("/");
                awaitMetrics(collector);
            }
            assertThat(collector.spans()).isEmpty();
            assertThat(collector.meter())
                    .containsEntry("service.name", "books-id")
                    .containsEntry("deployment.environment.name", "staging");
            assertThat(collector.sent()).allSatisfy(call -> {
                assertThat(call.headers()).containsEntry("Authorization", List.of("Bearer abc"));
                assertThat(call.headers()).containsEntry("X-tenant", List.of("books"));
            });
        }
    }

    @Test
    @DisplayName("Those who only ask whether the server is well, and what pages are drawn with, are not told of")
    void leavesOutWhatRepeats() {
        try (CollectorSink collector = CollectorSink.start()) {
            try (EmbeddedServer server = Contexts.serve(Database.SQLITE, settings(collector.endpoint(), 9))) {
                for (String path : List.of("/health", "/health/readiness", "/prometheus", "/assets/latchkey.css")) {
                    new Api(server).get(path);
                }
                new Api(server).get("/privacy");
            }
            assertThat(names(collector)).containsExactly("GET /privacy");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    @DisplayName("Without a collector nothing of it is made")
    void isOffWithoutACollector(String endpoint) {
        Map<String, Object> settings = endpoint.isEmpty() ? Map.of() : Map.of("otel.exporter.otlp.endpoint", endpoint);
        try (ApplicationContext context = Contexts.start(Database.SQLITE, settings)) {
            assertThat(context.getBean(Traces.class)).isInstanceOf(Untraced.class);
            assertThat(context.containsBean(OtlpMeterRegistry.class)).isFalse();
        }
    }

    private static Map<String, Object> settings(String endpoint, int smtp) {
        return new HashMap<>(Map.of(
                "latchkey.smtp.port", smtp,
                "otel.exporter.otlp.endpoint", endpoint,
                "otel.bsp.schedule.delay", "100",
                "otel.bsp.max.queue.size", "16",
                "otel.bsp.max.export.batch.size", "16",
                "otel.metric.export.interval", "500"));
    }

    private static void awaitMetrics(CollectorSink collector) {
        await().until(() ->
                collector.metrics().stream().anyMatch(metric -> metric.getName().equals("http.server.requests")));
    }

    private static String tokenIn(SmtpSink sink) {
        Matcher token = TOKEN.matcher(sink.received().getLast().source().replace("=\r\n", ""));
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private static List<String> names(CollectorSink collector) {
        return collector.spans().stream().map(Span::getName).toList();
    }

    private static List<String> names(CollectorSink collector, String trace) {
        return collector.spans().stream()
                .filter(span -> CollectorSink.hex(span.getTraceId()).equals(trace))
                .map(Span::getName)
                .toList();
    }

    private static Span span(CollectorSink collector, String name) {
        return collector.spans().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
