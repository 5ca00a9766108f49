package dev.latchkey.devinbox;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.config.DevInboxSettings;
import dev.latchkey.devinbox.delivery.Arrivals;
import dev.latchkey.devinbox.delivery.Faults;
import dev.latchkey.devinbox.delivery.MailGate;
import dev.latchkey.devinbox.delivery.Returns;
import dev.latchkey.devinbox.delivery.SmtpFront;
import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GreenMail: takes every mail over SMTP, keeps it for the inbox's pages, whoever it is for, and shows it over IMAP to
 * whoever logs in with the address and any password.
 *
 * <p>It starts with the HTTP server and not with the context, so that an operator's command can run beside a server that
 * has these ports already.
 */
@Singleton
@OnlyInDev
public final class DevMailServer {
    private static final Logger LOG = LoggerFactory.getLogger(DevMailServer.class);
    /** It listens on this machine alone. */
    public static final String HOST = "127.0.0.1";

    private final DevInboxSettings settings;
    private final GreenMail server;

    DevMailServer(DevInboxSettings settings, MailGate gate, Arrivals arrivals, Faults faults, Returns returns) {
        this.settings = settings;
        ServerSetup smtp = new ServerSetup(settings.devSmtpPort(), HOST, ServerSetup.PROTOCOL_SMTP);
        ServerSetup imap = new ServerSetup(settings.devImapPort(), HOST, ServerSetup.PROTOCOL_IMAP);
        server = new GreenMail(new ServerSetup[] {smtp, imap}) {
            @Override
            protected Map<String, AbstractServer> createServices(ServerSetup[] setups, Managers managers) {
                Map<String, AbstractServer> services = super.createServices(setups, managers);
                services.put(ServerSetup.PROTOCOL_SMTP, new SmtpFront(smtp, managers, gate, arrivals, faults, returns));
                return services;
            }
        };
        server.withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
    }

    /**
     * Opens the ports, unless they are open.
     *
     * @throws ConfigurationException when a port is in use
     */
    synchronized void start() {
        if (server.isRunning()) {
            return;
        }
        requireFree("LATCHKEY_DEV_SMTP_PORT", settings.devSmtpPort());
        requireFree("LATCHKEY_DEV_IMAP_PORT", settings.devImapPort());
        server.start();
        LOG.info("Dev inbox: SMTP on {}:{}, IMAP on {}:{}, pages at /dev/inbox", HOST, smtpPort(), HOST, imapPort());
    }

    @PreDestroy
    void stop() {
        server.stop();
    }

    /** Where it takes mails. */
    public int smtpPort() {
        start();
        return server.getSmtp().getPort();
    }

    /** Where mail programs find them. */
    public int imapPort() {
        start();
        return server.getImap().getPort();
    }

    /** Newest first. */
    List<InboxMessage> messages() {
        return stored().sorted(HeldMail.NEWEST_FIRST).map(HeldMail::read).toList();
    }

    /** Empty when it was never there or was deleted. */
    Optional<InboxMessage> find(String id) {
        return held(id).map(HeldMail::read);
    }

    /** The message as it came over the wire. */
    Optional<String> source(String id) {
        return held(id).map(HeldMail::source);
    }

    Optional<HeldMail> held(String id) {
        return stored().filter(held -> held.id().equals(id)).findFirst();
    }

    Stream<HeldMail> stored() {
        return folders().stream()
                .flatMap(folder ->
                        folder.getNonDeletedMessages().stream().map(message -> new HeldMail(folder, message)));
    }

    private Collection<MailFolder> folders() {
        try {
            return server.getManagers().getImapHostManager().getStore().listMailboxes("*");
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    void deleteAll() {
        try {
            server.purgeEmailFromAllMailboxes();
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    /** GreenMail itself would only say that it did not start in time. */
    private static void requireFree(String variable, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new ConfigurationException("Port " + port + " for the dev inbox is in use. Set " + variable
                    + " to a free port (or 0 for any), or stop what uses it.");
        }
    }
}
