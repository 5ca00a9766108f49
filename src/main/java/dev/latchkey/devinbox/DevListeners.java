package dev.latchkey.devinbox;

import dev.latchkey.config.SmtpSettings;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;

/** Where the mail server meets the rest of a dev server. */
@Factory
@OnlyInDev
final class DevListeners {

    /** Opens the ports of the mails before the HTTP port, so that a port in use stops the start. */
    @Singleton
    BeanCreatedEventListener<EmbeddedServer> mailsFirst(DevMailServer mails) {
        return event -> {
            mails.start();
            return event.getBean();
        };
    }

    /** Tells the mail side which port the embedded server got when any would do. */
    @Singleton
    BeanCreatedEventListener<SmtpSettings> portOf(DevMailServer mails) {
        return event -> {
            SmtpSettings smtp = event.getBean();
            return smtp.port() != 0
                    ? smtp
                    : new SmtpSettings(
                            smtp.host(),
                            mails.smtpPort(),
                            smtp.username(),
                            smtp.password(),
                            smtp.tls(),
                            smtp.connectTimeout(),
                            smtp.timeout());
        };
    }

    /** Opens the port of a dev server on this machine alone, as it shows every link to whoever asks. */
    @Singleton
    @Requires(property = LocalHostFilter.OPEN, notEquals = "true")
    BeanCreatedEventListener<HttpServerConfiguration> onThisMachine() {
        return event -> {
            event.getBean().setHost(DevMailServer.HOST);
            return event.getBean();
        };
    }
}
