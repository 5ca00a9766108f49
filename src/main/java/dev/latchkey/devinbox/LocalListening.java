package dev.latchkey.devinbox;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.HttpServerConfiguration;
import jakarta.inject.Singleton;

/** Opens the port of a dev server on this machine alone. */
@Singleton
@OnlyForThisMachine
final class LocalListening implements BeanCreatedEventListener<HttpServerConfiguration> {
    @Override
    public HttpServerConfiguration onCreated(BeanCreatedEvent<HttpServerConfiguration> event) {
        HttpServerConfiguration server = event.getBean();
        server.setHost(DevMailServer.HOST);
        return server;
    }
}
