package dev.latchkey.api.admin;

import dev.latchkey.config.operating.AdminSettings;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration.NettyListenerConfiguration;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has the server listen at the admin port as well. The framework opens a port that a route names at the host of the
 * pages, and serves assets there; this one has a host of its own, which is this machine unless the operator says
 * otherwise. What guards connections is the same on both.
 */
@Singleton
@OnAdminPort
final class AdminListener implements BeanCreatedEventListener<NettyHttpServerConfiguration>, Ordered {
    private final AdminSettings settings;

    AdminListener(AdminSettings settings) {
        this.settings = settings;
    }

    /** After whoever chooses the host of the pages. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public NettyHttpServerConfiguration onCreated(BeanCreatedEvent<NettyHttpServerConfiguration> event) {
        NettyHttpServerConfiguration server = event.getBean();
        int pages = server.getPort().orElse(HttpServerConfiguration.DEFAULT_PORT);
        server.setListeners(List.of(
                listener(server.getHost().orElse(null), pages),
                listener(settings.adminHost(), Objects.requireNonNull(settings.adminPort()))));
        return server;
    }

    /** TLS ends in front of this server. */
    private static NettyListenerConfiguration listener(@Nullable String host, int port) {
        return NettyListenerConfiguration.createTcp(host, port == 0 ? -1 : port, false, null, null);
    }
}
