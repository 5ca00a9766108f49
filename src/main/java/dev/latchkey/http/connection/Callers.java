package dev.latchkey.http.connection;

import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.limit.CallerAddress;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.netty.body.NettyByteBodyFactory;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import jakarta.inject.Singleton;

/** Who sends a request of which only the head was read. */
@Singleton
final class Callers {
    private final CallerAddressResolver resolver;
    private final ConversionService conversions;
    private final NettyHttpServerConfiguration configuration;

    Callers(CallerAddressResolver resolver, ConversionService conversions, NettyHttpServerConfiguration configuration) {
        this.resolver = resolver;
        this.conversions = conversions;
        this.configuration = configuration;
    }

    /** Who counts as its caller: whom a proxy tells of, where the operator named its header, else the other end. */
    CallerAddress of(ChannelHandlerContext ctx, HttpRequest request, CallerAddress otherEnd) {
        String header = configuration.getClientAddressHeader();
        if (header == null || !request.headers().contains(header.strip())) {
            return otherEnd;
        }
        try {
            return resolver.of(
                    new NettyHttpRequest<>(request, NettyByteBodyFactory.empty(), ctx, conversions, configuration));
        } catch (IllegalArgumentException e) {
            // Its address is none, for which it will be refused.
            return otherEnd;
        }
    }
}
