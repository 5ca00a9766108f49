package dev.latchkey.devinbox;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;

/** Opens the mail ports before the HTTP port, so that a port in use stops the start. */
@Singleton
@OnlyInDev
final class DevMailServerStart implements BeanCreatedEventListener<EmbeddedServer> {
    private final DevMailServer mails;

    DevMailServerStart(DevMailServer mails) {
        this.mails = mails;
    }

    @Override
    public EmbeddedServer onCreated(BeanCreatedEvent<EmbeddedServer> event) {
        mails.start();
        return event.getBean();
    }
}
