package dev.latchkey.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.context.ApplicationContext;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What depends on time, on a channel whose clock the tests move. */
final class ConnectionTest {
    private static final ApplicationContext BEANS = Contexts.shared(Database.SQLITE, Map.of());
    private static final String GET = "GET /version HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String UPLOAD = "POST /version HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n";
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final Application application = new Application();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void connect() {
        channel.config().setAutoRead(false);
        channel.freezeTime();
        channel.pipeline().addLast(BEANS.getBean(Connections.class).accept(channel), application);
    }

    @Test
    void givesTenSecondsToAHeadHoweverItTrickles() {
        receive("GET /ver");
        for (int second = 1; second < 10; second++) {
            pass(Duration.ofSeconds(1));
            receive("s");
        }
        pass(Duration.ofSeconds(1).minus(MOMENT));
        assertThat(application.requests).isEmpty();

        pass(MOMENT);
        assertThat(application.requests.getFirst().decoderResult().cause()).isInstanceOf(ReadTimeoutException.class);
        answer();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void countsTheHeadOfALaterRequestFromItsFirstByte() {
        receive(GET);
        answer();
        pass(Duration.ofMinutes(5));
        receive("\r\n");
        pass(Duration.ofMinutes(5));
        assertThat(channel.isOpen()).isTrue();

        receive("G");
        pass(RequestDecoder.HEAD_LIMIT);
        assertThat(application.requests).hasSize(2);
        assertThat(application.requests.getLast().decoderResult().isFailure()).isTrue();
    }

    @Test
    void givesTwoMinutesToABodyHoweverItTrickles() {
        receive(UPLOAD);
        for (int part = 0; part < 12; part++) {
            pass(Duration.ofSeconds(10).minus(MOMENT));
            receive("x");
        }
        assertThat(application.failures).isEmpty();

        pass(MOMENT.multipliedBy(12));
        assertThat(application.failures).extracting(Throwable::getCause).containsExactly(ReadTimeoutException.INSTANCE);
        answer();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void endsTheRestOfABodyThatWasAnsweredAlready() {
        receive(UPLOAD);
        answer();
        pass(RequestDecoder.BODY_LIMIT.minus(MOMENT));
        assertThat(channel.isOpen()).isTrue();

        pass(MOMENT);
        assertThat(channel.isOpen()).isFalse();
        assertThat(application.failures).isEmpty();
    }

    @Test
    void letsAnUploadTakeItsTwoMinutes() {
        receive(UPLOAD);
        pass(RequestDecoder.BODY_LIMIT.minus(MOMENT));
        receive("x".repeat(100));
        pass(Duration.ofMinutes(10));

        assertThat(application.failures).isEmpty();
        answer();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void waitsForItsOwnServerAsLongAsThatTakes() {
        receive(GET);
        pass(Duration.ofHours(1));
        channel.pipeline().fireUserEventTriggered(IdleStateEvent.FIRST_ALL_IDLE_STATE_EVENT);
        channel.pipeline().fireUserEventTriggered(IdleStateEvent.WRITER_IDLE_STATE_EVENT);

        assertThat(channel.isOpen()).isTrue();
        answer();
        channel.pipeline().fireUserEventTriggered(IdleStateEvent.FIRST_ALL_IDLE_STATE_EVENT);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void endsWhenAnAnswerIsNotTaken() {
        receive(GET);
        assertThat(channel.write(response()).isDone()).isFalse();
        channel.pipeline().fireUserEventTriggered(IdleStateEvent.FIRST_WRITER_IDLE_STATE_EVENT);
        assertThat(channel.isOpen()).isTrue();

        channel.pipeline().fireUserEventTriggered(IdleStateEvent.WRITER_IDLE_STATE_EVENT);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void readsTheNextRequestWhenItIsAskedTo() {
        receive(GET.repeat(500));
        assertThat(application.requests).hasSize(1);

        for (int more = 2; more <= 500; more++) {
            channel.read();
            channel.runPendingTasks();
            assertThat(application.requests).hasSize(more);
        }
    }

    @Test
    void saysThatABodyIsBrokenInsteadOfEndingIt() {
        receive("POST /version HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nzz\r\n");

        assertThat(application.failures).hasSize(1);
        assertThat(application.ends).isZero();
        answer();
        assertThat(channel.isOpen()).isFalse();
    }

    private void receive(String text) {
        channel.read();
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    private void pass(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    private void answer() {
        channel.writeOutbound(response());
        channel.runPendingTasks();
        channel.releaseOutbound();
    }

    private static DefaultFullHttpResponse response() {
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        return response;
    }

    /** Keeps what arrives. */
    private static final class Application extends ChannelInboundHandlerAdapter {
        private final List<HttpRequest> requests = new ArrayList<>();
        private final List<Throwable> failures = new ArrayList<>();
        private int ends;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HttpRequest request) {
                requests.add(request);
            }
            if (message instanceof LastHttpContent) {
                ends++;
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            failures.add(cause);
        }
    }
}
