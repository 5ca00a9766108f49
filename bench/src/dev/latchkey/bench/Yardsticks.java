package dev.latchkey.bench;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** What this machine can do at best with the same driver, the same pragmas, the same mail library and the same sink. */
final class Yardsticks {
    private final Path folder;
    private final int smtpPort;
    private final Duration length;

    /** @param length of one slice */
    Yardsticks(Path folder, int smtpPort, Duration length) {
        this.folder = folder;
        this.smtpPort = smtpPort;
        this.length = length;
    }

    /** How often something was done, and this program's processor time for each. */
    record Rate(int count, long nanos, double cpuMillisEach) {
        double perSecond() {
            return count * 1e9 / nanos;
        }

        Rate plus(Rate other) {
            int sum = count + other.count;
            double cpu = (cpuMillisEach * count + other.cpuMillisEach * other.count) / sum;
            return new Rate(sum, nanos + other.nanos, cpu);
        }
    }

    private interface Step {
        void once(int number) throws SQLException, MessagingException;
    }

    /** Durable commits of one row each, one after the other. */
    Rate commits() throws Exception {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + folder.resolve("yardstick.db"));
        try (Connection connection = source.getConnection()) {
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, words TEXT NOT NULL)");
            }
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO rows (words) VALUES (?)")) {
                return repeat(number -> {
                    insert.setString(1, "one short row, number " + number);
                    insert.executeUpdate();
                });
            }
        }
    }

    /** The same mail, sent over and over through one connection. */
    Rate mails(byte[] mail) throws Exception {
        Session session = Session.getInstance(new Properties());
        MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(mail));
        Address[] to = {new InternetAddress("nobody@yardstick.example")};
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), smtpPort);
                SMTPTransport transport = (SMTPTransport) session.getTransport("smtp")) {
            // As the service does: the end of a large mail would wait until its beginning was acknowledged.
            socket.setTcpNoDelay(true);
            transport.connect(socket);
            return repeat(number -> transport.sendMessage(message, to));
        }
    }

    private Rate repeat(Step step) throws SQLException, MessagingException, IOException {
        long pid = ProcessHandle.current().pid();
        int count = 0;
        double cpu = LatchkeyProcess.cpuSeconds(pid);
        long began = System.nanoTime();
        long end = began + length.toNanos();
        while (System.nanoTime() < end) {
            step.once(count++);
        }
        long nanos = System.nanoTime() - began;
        return new Rate(count, nanos, (LatchkeyProcess.cpuSeconds(pid) - cpu) * 1000 / count);
    }
}
