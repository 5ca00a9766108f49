package dev.latchkey.bounce;

import dev.latchkey.config.operating.ReportMailbox;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.FlagTerm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/** The folder that reports come to, over one connection that never waits for ever. */
final class ReportFolder implements AutoCloseable {
    /** A report returns a mail of ours, of which none is larger than a tenth of this. */
    private static final int MOST_BYTES = 512 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Session session;
    private final Store store;
    private final Folder folder;

    private ReportFolder(Session session, Store store, Folder folder) {
        this.session = session;
        this.store = store;
        this.folder = folder;
    }

    static ReportFolder open(ReportMailbox mailbox) throws MessagingException {
        String protocol = mailbox.tls() ? "imaps" : "imap";
        Session session = Session.getInstance(properties("mail." + protocol + "."));
        Store store = session.getStore(protocol);
        store.connect(mailbox.host(), mailbox.port(), mailbox.user(), mailbox.password());
        try {
            Folder folder = store.getFolder(mailbox.folder());
            folder.open(Folder.READ_WRITE);
            return new ReportFolder(session, store, folder);
        } catch (MessagingException e) {
            store.close();
            throw e;
        }
    }

    private static Properties properties(String prefix) {
        Properties properties = new Properties();
        // Without these Angus waits for ever.
        properties.setProperty(prefix + "connectiontimeout", Long.toString(CONNECT.toMillis()));
        properties.setProperty(prefix + "timeout", Long.toString(ANSWER.toMillis()));
        properties.setProperty(prefix + "writetimeout", Long.toString(ANSWER.toMillis()));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        // Reading alone does not mark a message as seen: a report is, once what it says is stored.
        properties.setProperty(prefix + "peek", "true");
        properties.setProperty("mail.mime.multipart.ignoreexistingboundaryparameter", "false");
        return properties;
    }

    /** Whether the connection still stands. */
    boolean isOpen() {
        return folder.isOpen();
    }

    /** What nobody has seen yet. */
    Message[] unseen() throws MessagingException {
        return folder.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false));
    }

    /** The bytes of a message; empty when it is larger than any report. */
    Optional<byte[]> fetch(Message message) throws MessagingException, IOException {
        if (message.getSize() > MOST_BYTES) {
            return Optional.empty();
        }
        Bounded copy = new Bounded();
        message.writeTo(copy);
        return copy.full ? Optional.empty() : Optional.of(copy.bytes.toByteArray());
    }

    /**
     * A message as a copy of its own.
     *
     * @throws MessagingException and almost any unchecked exception, where the bytes are no message
     */
    MimeMessage parse(byte[] message) throws MessagingException {
        return new MimeMessage(session, new ByteArrayInputStream(message));
    }

    @Override
    public void close() throws MessagingException {
        try {
            // Takes out what is marked as deleted.
            folder.close(true);
        } finally {
            store.close();
        }
    }

    /** A server may say less of a message's size than it sends. */
    private static final class Bounded extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean full;

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] some, int from, int length) {
            full |= bytes.size() + length > MOST_BYTES;
            if (!full) {
                bytes.write(some, from, length);
            }
        }
    }
}
