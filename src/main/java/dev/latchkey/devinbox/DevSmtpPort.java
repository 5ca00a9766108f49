package dev.latchkey.devinbox;

import dev.latchkey.config.SmtpSettings;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/** Tells the mail side which port the embedded server got when any would do. */
@Singleton
@OnlyInDev
final class DevSmtpPort implements BeanCreatedEventListener<SmtpSettings> {
    private final DevMailServer server;

    DevSmtpPort(DevMailServer server) {
        this.server = server;
    }

    @Override
    public SmtpSettings onCreated(BeanCreatedEvent<SmtpSettings> event) {
        SmtpSettings smtp = event.getBean();
        return smtp.port() != 0
                ? smtp
                : new SmtpSettings(
                        smtp.host(),
                        server.smtpPort(),
                        smtp.username(),
                        smtp.password(),
                        smtp.tls(),
                        smtp.connectTimeout(),
                        smtp.timeout());
    }
}
