package dev.latchkey.mail;

import jakarta.inject.Singleton;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Connections to the mail server that are open and in nobody's use, the one used last on top. */
@Singleton
class SmtpLines {
    private final SmtpSession session;
    private final Deque<SmtpLine> idle = new ConcurrentLinkedDeque<>();

    SmtpLines(SmtpSession session) {
        this.session = session;
    }

    /** One that the server still answers on, or a new one that has to be opened. To be given back. */
    SmtpLine take() {
        for (SmtpLine line = idle.poll(); line != null; line = idle.poll()) {
            line.check();
            if (line.isOpen()) {
                return line;
            }
        }
        return new SmtpLine(session);
    }

    /** Keeps it for the next mail, if it is open. */
    void giveBack(SmtpLine line) {
        if (line.isOpen()) {
            idle.push(line);
        }
    }

    /** Makes sure that there is one; says why there is none. */
    Optional<SmtpFailure> open() {
        SmtpLine line = take();
        try {
            return line.open();
        } finally {
            giveBack(line);
        }
    }

    /** Closes those that no mail has come for. */
    void closeIdle() {
        for (SmtpLine line = idle.pollLast(); line != null; line = idle.pollLast()) {
            if (!line.isIdle()) {
                idle.addLast(line);
                return;
            }
            line.close();
        }
    }

    void close() {
        for (SmtpLine line = idle.poll(); line != null; line = idle.poll()) {
            line.close();
        }
    }
}
