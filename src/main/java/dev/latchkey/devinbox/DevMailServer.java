package dev.latchkey.devinbox;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.config.DevInboxSettings;
import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

    DevMailServer(DevInboxSettings settings) {
        this.settings = settings;
        server = new GreenMail(new ServerSetup[] {
            new ServerSetup(settings.devSmtpPort(), HOST, ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(settings.devImapPort(), HOST, ServerSetup.PROTOCOL_IMAP)
        });
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
        return stored().sorted(Comparator.comparing(Held::receivedAt)
                        .thenComparingLong(held -> held.message().getUid())
                        .reversed())
                .map(Held::read)
                .toList();
    }

    /** Empty when it was never there or was deleted. */
    Optional<InboxMessage> find(String id) {
        return held(id).map(Held::read);
    }

    /** The message as it came over the wire. */
    Optional<String> source(String id) {
        return held(id).map(Held::source);
    }

    private Optional<Held> held(String id) {
        return stored().filter(held -> held.id().equals(id)).findFirst();
    }

    private Stream<Held> stored() {
        return folders().stream()
                .flatMap(folder -> folder.getNonDeletedMessages().stream().map(message -> new Held(folder, message)));
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

    /** A message in its mailbox. */
    private record Held(MailFolder folder, StoredMessage message) {
        String id() {
            String name = folder.getFullName() + '/' + folder.getUidValidity() + '/' + message.getUid();
            return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
        }

        Instant receivedAt() {
            return message.getReceivedDate().toInstant();
        }

        InboxMessage read() {
            return InboxMessage.of(id(), message.getMimeMessage(), receivedAt());
        }

        String source() {
            ByteArrayOutputStream source = new ByteArrayOutputStream();
            try {
                message.getMimeMessage().writeTo(source);
            } catch (MessagingException | IOException e) {
                throw new IllegalStateException("A message that GreenMail took cannot be read", e);
            }
            return source.toString(StandardCharsets.UTF_8);
        }
    }
}
