package dev.latchkey.webhook;

import dev.latchkey.config.operating.WebhookSettings;
import dev.latchkey.remote.PlainHttp;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * The address that events are posted to, over connections that are kept. It is the operator's own, so it may lie in a
 * private network; but no answer of it leads anywhere else, none is read further than a few KiB, and none is waited for
 * longer than {@link #PATIENCE}, however slowly its bytes drip.
 */
@Singleton
class Endpoint {
    /** Posted side by side. */
    static final int CONNECTIONS = 8;

    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final int MOST_READ = 4 << 10;
    private static final int LONGEST_ERROR = 200;
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]+");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private final URI address;
    private final Signatures signatures;
    private final Clock clock;
    private final CloseableHttpClient client;
    private final Duration patience;

    @Inject
    Endpoint(WebhookSettings settings, Signatures signatures, Clock clock) {
        this(settings, signatures, clock, PATIENCE);
    }

    Endpoint(WebhookSettings settings, Signatures signatures, Clock clock, Duration patience) {
        this.patience = patience;
        this.address = URI.create(Objects.requireNonNull(settings.webhookUrl()));
        this.signatures = signatures;
        this.clock = clock;
        this.client = client();
    }

    /** Posts an event, once; says how that went, whatever went wrong. */
    Reply post(UUID id, String body) {
        HttpPost request = request(id.toString(), body);
        // Does nothing to a request that has its answer.
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(request::abort);
        try {
            ClassicHttpResponse answer = client.executeOpen(null, request, null);
            if (!isRead(answer.getEntity())) {
                request.abort();
            }
            return reply(answer);
        } catch (IOException | RuntimeException e) {
            String why = request.isAborted() ? "no answer within " + patience.toSeconds() + " s" : printable(e);
            return new Reply.Unusable(why, Duration.ZERO);
        }
    }

    /** What is read to its end leaves the connection for the next one. To close the answer would be to read all of it. */
    private static boolean isRead(@Nullable HttpEntity entity) {
        try {
            return entity == null || entity.getContent().readNBytes(MOST_READ + 1).length <= MOST_READ;
        } catch (IOException e) {
            // The status has come, and that is all we wanted to know.
            return false;
        }
    }

    private HttpPost request(String id, String body) {
        long seconds = clock.instant().getEpochSecond();
        HttpPost request = new HttpPost(address);
        request.setHeader("webhook-id", id);
        request.setHeader("webhook-timestamp", Long.toString(seconds));
        request.setHeader("webhook-signature", signatures.of(id, seconds, body));
        request.setEntity(new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON));
        return request;
    }

    private Reply reply(HttpResponse answer) {
        int status = answer.getCode();
        String error = "answered " + status;
        return switch (status) {
            case 410 -> new Reply.Gone();
            case 429, 503 -> new Reply.Unusable(error, asked(answer.getFirstHeader(HttpHeaders.RETRY_AFTER)));
            case 502, 504 -> new Reply.Unusable(error, Duration.ZERO);
            default -> status >= 200 && status < 300 ? new Reply.Taken() : new Reply.Refused(error);
        };
    }

    /** Seconds or a date (RFC 9110, section 10.2.3); nothing where it is neither, or over. */
    private Duration asked(@Nullable Header header) {
        String text = header == null ? "" : header.getValue().strip();
        Duration asked;
        if (SECONDS.matcher(text).matches()) {
            asked = Duration.ofSeconds(Long.parseLong(text));
        } else {
            Instant date = DateUtils.parseStandardDate(text);
            asked = date == null ? Duration.ZERO : Duration.between(clock.instant(), date);
        }
        return Collections.min(List.of(EndpointPause.LONGEST, Collections.max(List.of(asked, Duration.ZERO))));
    }

    /** Names hosts and ports at most, never the path, which may be a secret. */
    private static String printable(Exception e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "");
        String text = UNPRINTABLE
                .matcher(e.getClass().getSimpleName() + ": " + message)
                .replaceAll(" ")
                .strip();
        return text.length() > LONGEST_ERROR ? text.substring(0, LONGEST_ERROR) : text;
    }

    private static CloseableHttpClient client() {
        return PlainHttp.client(
                connections -> connections.setMaxConnPerRoute(CONNECTIONS).setMaxConnTotal(CONNECTIONS),
                MOST_READ,
                CONNECTING,
                PATIENCE);
    }

    /** Ends what is under way, too. */
    @PreDestroy
    void close() throws IOException {
        client.close();
    }
}
