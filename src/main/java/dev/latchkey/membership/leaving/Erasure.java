package dev.latchkey.membership.leaving;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.mail.Outbox;
import dev.latchkey.membership.moving.EmailMoves;
import dev.latchkey.membership.moving.MoveLimits;
import dev.latchkey.photo.Photos;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.Profiles;
import dev.latchkey.session.SignInService;
import dev.latchkey.webhook.Event;
import dev.latchkey.webhook.Events;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases an account whole: whatever refers to it goes with its row, and what refers to nobody (the history of its links,
 * counts of sign-ins) loses the digests by which it could be known again. Back-ups, and mails that have left, are out of
 * reach.
 */
@Singleton
public class Erasure {
    private static final Logger AUDIT = LoggerFactory.getLogger(Erasure.class);

    private final Accounts accounts;
    private final Profiles profiles;
    private final Closures closures;
    private final EmailMoves moves;
    private final MoveLimits limits;
    private final ChangeLog changes;
    private final Outbox outbox;
    private final LinkClaims links;
    private final SignInService signIns;
    private final Photos photos;
    private final Events events;

    Erasure(
            Accounts accounts,
            Profiles profiles,
            Closures closures,
            EmailMoves moves,
            MoveLimits limits,
            ChangeLog changes,
            Outbox outbox,
            LinkClaims links,
            SignInService signIns,
            Photos photos,
            Events events) {
        this.accounts = accounts;
        this.profiles = profiles;
        this.closures = closures;
        this.moves = moves;
        this.limits = limits;
        this.changes = changes;
        this.outbox = outbox;
        this.links = links;
        this.signIns = signIns;
        this.photos = photos;
        this.events = events;
    }

    /**
     * Erases an account as part of the caller's transaction, in which it is locked.
     *
     * @return the photos that it was the last to need, perhaps; for {@link #finish}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<String> erase(Account locked) {
        UUID id = locked.id();
        ChangeLog.Kept kept = changes.keptOf(id);
        List<String> history = links.historyOf(locked);
        List<String> mailed = new ArrayList<>(history);
        mailed.addAll(kept.notices());
        moves.idsOf(id).forEach(move -> mailed.addAll(List.of(move, ClosedMail.about(id, move))));
        mailed.add(id.toString());
        outbox.withdraw(mailed);
        List<String> needed = new ArrayList<>(kept.photos());
        profiles.find(id).map(Profile::photoHash).ifPresent(needed::add);
        closures.find(id).map(Closures.Closure::photoHash).ifPresent(needed::add);
        links.forget(id, history);
        limits.forget(id);
        Stream.concat(Stream.of(locked.email()), moves.leftBy(id).stream().map(EmailAddress::new))
                .distinct()
                .forEach(this::forget);
        // The database takes along whatever refers to it.
        accounts.remove(id);
        events.tell(() -> List.of(Event.deleted(id)));
        return needed;
    }

    private void forget(EmailAddress address) {
        links.forget(address);
        signIns.forget(address);
    }

    /** What is outside the database, and the line for the audit, once the transaction is committed. */
    public void finish(List<String> left, Cause cause) {
        AUDIT.info("An account was erased: {}", cause.words);
        left.forEach(photos::left);
    }

    /** Why an account was erased; all that is kept of it. */
    public enum Cause {
        OWNER("its owner asked for it"),
        NEGLECT("nobody ever confirmed it"),
        OPERATOR("an operator deleted it");

        private final String words;

        Cause(String words) {
            this.words = words;
        }
    }
}
