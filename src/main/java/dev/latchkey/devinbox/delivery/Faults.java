package dev.latchkey.devinbox.delivery;

import com.icegreen.greenmail.smtp.SmtpConnection;
import io.micronaut.context.annotation.Requires;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** The faults that were asked for and have not happened yet: one for each of the next mails, and of the next saves. */
@Singleton
@Requires(env = "dev")
public final class Faults {
    /** Of one kind; a script that asks for more has lost its way. */
    public static final int MOST = 1000;

    /** What becomes of a save. */
    public static final int UNAVAILABLE = 503;

    private final Queue<MailFault> mails = new ArrayDeque<>();
    private final Set<SmtpConnection> held = new HashSet<>();
    private int saves;

    /** Queues more behind those that wait; false, and nothing queued, where they would be too many. */
    public synchronized boolean add(List<MailFault> moreMails, int moreSaves) {
        if (mails.size() + moreMails.size() > MOST || saves + moreSaves > MOST) {
            return false;
        }
        mails.addAll(moreMails);
        saves += moreSaves;
        return true;
    }

    /** What is to become of the mail at hand; empty where it is to arrive. */
    synchronized Optional<MailFault> nextMail() {
        return Optional.ofNullable(mails.poll());
    }

    /** Whether the save at hand is to fail. */
    public synchronized boolean nextSave() {
        boolean fails = saves > 0;
        if (fails) {
            saves--;
        }
        return fails;
    }

    /** A connection is left without an answer. */
    synchronized void hold(SmtpConnection connection) {
        held.add(connection);
    }

    synchronized void letGo(SmtpConnection connection) {
        held.remove(connection);
    }

    /** Forgets those that are still to come, and ends those that last. */
    public void clear() {
        forget().forEach(SmtpConnection::quit);
    }

    private synchronized List<SmtpConnection> forget() {
        mails.clear();
        saves = 0;
        return List.copyOf(held);
    }

    /** Those that are still to come. */
    public synchronized Waiting waiting() {
        return new Waiting(mails.stream().map(MailFault::word).toList(), Collections.nCopies(saves, UNAVAILABLE));
    }

    /** What is still to come, as scripts spell it. */
    @Serdeable
    public record Waiting(List<String> mails, List<Integer> saves) {}
}
