package dev.latchkey.mail.smtp;

import jakarta.inject.Singleton;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Connections to the mail server that are open and in nobody's use, the one used last on top. */
@Singleton
public class SmtpConnections {
    private final SmtpSession session;
    private final Deque<SmtpConnection> idle = new ConcurrentLinkedDeque<>();

    SmtpConnections(SmtpSession session) {
        this.session = session;
    }

    /** One that the server still answers on, or a new one that has to be opened. To be given back. */
    public SmtpConnection take() {
        for (SmtpConnection line = idle.poll(); line != null; line = idle.poll()) {
            line.check();
            if (line.isOpen()) {
                return line;
            }
        }
        return new SmtpConnection(session);
    }

    /** Keeps it for the next mail, if it is open. */
    public void giveBack(SmtpConnection line) {
        if (line.isOpen()) {
            idle.push(line);
        }
    }

    /** Makes sure that there is one; says why there is none. */
    public Optional<SmtpFailure> open() {
        SmtpConnection line = take();
        try {
            return line.open();
        } finally {
            giveBack(line);
        }
    }

    /** Closes those that no mail has come for. */
    public void closeIdle() {
        for (SmtpConnection line = idle.pollLast(); line != null; line = idle.pollLast()) {
            if (!line.isIdle()) {
                idle.addLast(line);
                return;
            }
            line.close();
        }
    }

    public void close() {
        for (SmtpConnection line = idle.poll(); line != null; line = idle.poll()) {
            line.close();
        }
    }
}
