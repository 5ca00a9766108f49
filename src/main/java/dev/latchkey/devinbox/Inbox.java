package dev.latchkey.devinbox;

import dev.latchkey.devinbox.delivery.Arrivals;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What scripts ask of the mails that came in. */
@Singleton
@OnlyInDev
final class Inbox {
    private final DevMailServer server;
    private final Arrivals arrivals;

    Inbox(DevMailServer server, Arrivals arrivals) {
        this.server = server;
        this.arrivals = arrivals;
    }

    /**
     * The mails of a filter, newest first; where there is none, the first that comes in while it waits. Costs one virtual
     * thread, which looks again whenever a mail has come.
     */
    List<InboxMessage> await(MailFilter filter) throws InterruptedException {
        long end = System.nanoTime() + filter.patience().toNanos();
        long seen = arrivals.number();
        List<InboxMessage> found = find(filter);
        while (found.isEmpty() && arrivals.awaitMoreThan(seen, end)) {
            seen = arrivals.number();
            found = find(filter);
        }
        return found;
    }

    /** Empty when it was never there or was deleted. */
    Optional<InboxMessage> find(String id) {
        return server.find(id);
    }

    /** Takes out the mails of a filter; without one all there are. */
    void delete(MailFilter filter) {
        if (filter.isEmpty()) {
            server.deleteAll();
        } else {
            mails(filter).toList().forEach(HeldMail::delete);
        }
    }

    /** Takes one out; false where it is not there. */
    boolean delete(String id) {
        return server.held(id).map(HeldMail::delete).orElse(false);
    }

    private List<InboxMessage> find(MailFilter filter) {
        return mails(filter)
                .sorted(HeldMail.NEWEST_FIRST)
                .limit(filter.limit())
                .map(HeldMail::read)
                .toList();
    }

    private Stream<HeldMail> mails(MailFilter filter) {
        String after = filter.after();
        HeldMail last = after == null ? null : server.held(after).orElseThrow(() -> noSuch(after));
        return server.stored()
                .filter(mail -> last == null || HeldMail.OLDEST_FIRST.compare(mail, last) > 0)
                .filter(mail -> filter.since() == null || !mail.receivedAt().isBefore(filter.since()))
                .filter(mail -> mail.isTo(filter.to()))
                .filter(mail -> mail.isAbout(filter.subject()));
    }

    private static ProblemException noSuch(String id) {
        return new ProblemException(Problem.ofField(
                ProblemType.INVALID_REQUEST, "since", "since names mail " + id + ", which is not in the dev inbox."));
    }
}
