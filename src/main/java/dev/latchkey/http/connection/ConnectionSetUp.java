package dev.latchkey.http.connection;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.handler.timeout.IdleStateHandler;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/**
 * Puts {@link Connection} in the place of the framework's codec on each connection that is accepted. There is HTTP/1
 * alone: HTTP/2 is not switched on, and TLS ends in front of this server.
 */
@Singleton
final class ConnectionSetUp implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    /** Seconds without progress of an answer, looked at twice: nobody holds on to one for longer than twice that. */
    private static final int SECONDS_WITHOUT_PROGRESS = 25;

    /** What is read ahead waits in memory, so little is read at a time. */
    private static final RecvByteBufAllocator READS =
            new AdaptiveRecvByteBufAllocator(512, 2048, 16 * 1024).maxMessagesPerRead(1);

    private final BeanProvider<NettyHttpServerConfiguration> configuration;
    private final BeanProvider<Connections> connections;

    ConnectionSetUp(BeanProvider<NettyHttpServerConfiguration> configuration, BeanProvider<Connections> connections) {
        this.configuration = configuration;
        this.connections = connections;
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new NettyServerCustomizer() {
            @Override
            public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
                return role == ChannelRole.CONNECTION ? new Accepted(channel) : this;
            }
        });
        return event.getBean();
    }

    /** One connection, before anything was read from it. */
    private final class Accepted implements NettyServerCustomizer {
        private final Channel channel;

        Accepted(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void onInitialPipelineBuilt() {
            NettyHttpServerConfiguration server = configuration.get();
            channel.config().setRecvByteBufAllocator(READS);
            if (channel.config() instanceof SocketChannelConfig socket) {
                // Some callers end their side once they have asked; they are answered all the same.
                socket.setAllowHalfClosure(true);
            }
            Connection connection = connections.get().accept(channel);
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.replace(
                    ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC,
                    ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC,
                    connection);
            if (pipeline.get(ChannelPipelineCustomizer.HANDLER_IDLE_STATE) != null) {
                pipeline.remove(ChannelPipelineCustomizer.HANDLER_IDLE_STATE);
            }
            // Other than the framework's own, this one sees that a large answer is making progress.
            pipeline.addFirst(
                    ChannelPipelineCustomizer.HANDLER_IDLE_STATE,
                    new IdleStateHandler(
                            true,
                            0,
                            SECONDS_WITHOUT_PROGRESS,
                            Math.max(0, server.getIdleTimeout().toSeconds()),
                            TimeUnit.SECONDS));
            connections.get().opened(connection);
        }
    }
}
