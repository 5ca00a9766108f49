package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.support.Answer;
import dev.latchkey.support.CollectorSink;
import dev.latchkey.support.DkimKeys;
import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.Secrets;
import dev.latchkey.support.SentLink;
import dev.latchkey.support.SmtpSink;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of one request, with the jar as it is run: signed mails, and one trace. */
class TraceIT {
    private static final String EMAIL = "grace@example.org";

    @TempDir
    Path folder;

    @Test
    @DisplayName("a collector shows Init, the signed mail, Load, Save and its notice as one, by the id of the request")
    void showsOneRequestAsOneTrace() {
        try (CollectorSink collector = CollectorSink.start();
                SmtpSink sink = SmtpSink.start();
                LatchkeyJar jar = LatchkeyJar.production(
                        sink.port(),
                        Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                collector.endpoint(),
                                "OTEL_BSP_SCHEDULE_DELAY",
                                "200",
                                "OTEL_SERVICE_NAME",
                                "id",
                                "LATCHKEY_LINKS_PER_MINUTE",
                                "2",
                                "LATCHKEY_DKIM_DOMAIN",
                                "latchkey.example",
                                "LATCHKEY_DKIM_SELECTOR",
                                "latchkey2026",
                                "LATCHKEY_DKIM_KEY_FILE",
                                DkimKeys.write(folder).toString()))) {
            LatchkeyClient client = new LatchkeyClient(jar);
            Secrets secrets = new Secrets();
            assertThat(client.post("/auth/signup", Map.of("email", EMAIL, "password", "a passphrase of many words"))
                            .status())
                    .isEqualTo(201);
            Answer init = client.accepted(EMAIL);
            String trace = init.text("requestId").replace("-", "");
            SentLink mail = await().until(() -> SentLink.to(EMAIL, sink), links -> !links.isEmpty())
                    .getFirst();
            assertThat(client.load(secrets.keep(mail.token())).status()).isEqualTo(200);
            assertThat(client.save(Map.of("token", mail.token(), "bio", "Compilers"))
                            .status())
                    .isEqualTo(200);

            await().until(() -> names(collector, trace).contains("mail changed"));
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
                            "POST /api/update/save",
                            "prepare",
                            "write use-link");
            assertThat(collector.sender())
                    .containsEntry("service.name", "id")
                    .containsEntry("service.version", "0.1.0");
            assertThat(collector.sent())
                    .allSatisfy(call ->
                            assertThat(call.text()).doesNotContain(mail.token(), EMAIL, "Compilers", "many words"));
            assertThat(sink.received())
                    .hasSize(3)
                    .allSatisfy(received -> assertThat(received.header("DKIM-Signature"))
                            .contains("d=latchkey.example", "s=latchkey2026"));
            secrets.assertUnknownTo(jar);
        }
    }

    private static List<String> names(CollectorSink collector, String trace) {
        return collector.spans().stream()
                .filter(span -> CollectorSink.hex(span.getTraceId()).equals(trace))
                .map(Span::getName)
                .toList();
    }
}
