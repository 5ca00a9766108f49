package dev.latchkey.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.limit.CallerAddress;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.context.ApplicationContext;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CrowdTest {
    private static final ApplicationContext BEANS = Contexts.shared(Database.SQLITE, Map.of());
    private static final CallerAddress ONE = CallerAddress.parse("192.0.2.1").orElseThrow();
    private static final CallerAddress OTHER = CallerAddress.parse("192.0.2.2").orElseThrow();

    @Test
    void letsTheOneGoThatHasWaitedLongest() {
        Crowd crowd = new Crowd(2, 2);
        Connection first = connection();
        Connection second = connection();
        Connection third = connection();

        assertThat(crowd.join(first, ONE)).isEmpty();
        assertThat(crowd.join(second, OTHER)).isEmpty();
        assertThat(crowd.join(third, OTHER)).contains(first);
        assertThat(crowd.leave(first)).isFalse();
        assertThat(crowd.leave(third)).isTrue();
        assertThat(crowd.join(first, ONE)).isEmpty();
    }

    @Test
    void takesFromACallerWhatIsAboveItsShare() {
        Crowd crowd = new Crowd(10, 2);
        Connection others = connection();
        Connection first = connection();

        crowd.join(others, OTHER);
        crowd.join(first, ONE);
        assertThat(crowd.join(connection(), ONE)).isEmpty();
        assertThat(crowd.join(connection(), ONE)).contains(first);
    }

    @Test
    void givesThisMachineNoShareAsItWillBeAProxy() {
        Crowd crowd = new Crowd(3, 1);

        for (int i = 0; i < 3; i++) {
            assertThat(crowd.join(connection(), CallerAddress.UNKNOWN)).isEmpty();
        }
        assertThat(crowd.join(connection(), CallerAddress.UNKNOWN)).isPresent();
    }

    @Test
    void sparesThoseThatTheServerIsAtWorkFor() {
        Crowd crowd = new Crowd(2, 2);
        Connection idle = connection();
        crowd.join(atWork(), ONE);
        crowd.join(idle, ONE);

        Connection newcomer = atWork();
        assertThat(crowd.join(newcomer, OTHER)).contains(idle);
        Connection tooMany = connection();
        assertThat(crowd.join(tooMany, OTHER)).contains(tooMany);
    }

    @Test
    void staysWithinItsBoundsWhenManyComeAtOnce() {
        Crowd crowd = new Crowd(50, 50);
        AtomicInteger gone = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 400; i++) {
                threads.execute(() -> {
                    Optional<Connection> out = crowd.join(connection(), ONE);
                    out.ifPresent(connection -> gone.incrementAndGet());
                });
            }
        }

        assertThat(gone).hasValue(350);
    }

    private static Connection connection() {
        return BEANS.getBean(Connections.class).accept(new EmbeddedChannel());
    }

    private static Connection atWork() {
        EmbeddedChannel channel = new EmbeddedChannel();
        Connection connection = BEANS.getBean(Connections.class).accept(channel);
        channel.pipeline().addLast(connection);
        channel.writeInbound(
                Unpooled.copiedBuffer("GET /version HTTP/1.1\r\nHost: a\r\n\r\n", StandardCharsets.ISO_8859_1));
        return connection;
    }
}
