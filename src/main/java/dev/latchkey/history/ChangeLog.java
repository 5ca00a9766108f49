package dev.latchkey.history;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.config.LinkSettings;
import dev.latchkey.database.RestoredRows;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.mail.Outbox;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes down what is changed, in the transaction that changes it, and has the owner told. */
@Singleton
public class ChangeLog implements RestoredRows {
    /** Key of the account's address. */
    public static final String EMAIL = "email";
    /** Key of an address that the account is to move to; taking that back ends the move. */
    public static final String NEW_EMAIL = "new_email";
    /** Key of sessions that were ended; nothing brings them back. */
    public static final String SESSIONS = "sessions";
    /** Key of what assistants are allowed; taking that back ends it. */
    public static final String GRANTS = "grants";
    /** Beside {@link #GRANTS}, what was allowed, as OAuth spells it; told with it, and nothing of its own. */
    public static final String SCOPES = "scopes";
    /** Key of a block by an operator. */
    public static final String BLOCKED = "blocked";
    /** Key of the end of a block. */
    public static final String UNBLOCKED = "unblocked";
    /** Key of whether assistants may ask for links: {@code on} or {@code off}. */
    public static final String ASSISTANTS = "assistants";

    static final String NICKNAME = "nickname";
    static final String PHOTO = "photo";
    static final String PASSPHRASE = "passphrase";

    private final Changes changes;
    private final LinkTokens tokens;
    private final Outbox outbox;
    private final ChangeEvents events;
    private final Duration undoLifetime;
    private final Clock clock;

    ChangeLog(
            Changes changes,
            LinkTokens tokens,
            Outbox outbox,
            ChangeEvents events,
            LinkSettings settings,
            Clock clock) {
        this.changes = changes;
        this.tokens = tokens;
        this.outbox = outbox;
        this.events = events;
        this.undoLifetime = settings.undoLifetime();
        this.clock = clock;
    }

    /**
     * Records a change, and puts the notice of it into the outbox.
     *
     * @param told the proved address that is told, of an account that moves the one it leaves; absent where nobody has
     *     proved it, and then nobody is told
     * @param before what was held, by key; an empty text stands for none
     * @param after what is held from now on, by the same keys; {@link #SCOPES} beside them where an assistant is let in
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(
            UUID accountId,
            @Nullable EmailAddress told,
            Origin origin,
            Map<String, String> before,
            Map<String, String> after) {
        Instant now = clock.instant();
        // What an undo takes away comes back to nobody, so it is held for nobody; and what an operator did is not the
        // owner's to take back.
        boolean undoable = origin.door() != Door.UNDO && origin.door() != Door.OPERATOR;
        Map<String, String> held = undoable ? before : Map.of();
        Change change = changes.save(new Change(
                UuidCreator.getTimeOrderedEpoch(),
                accountId,
                now,
                origin.door(),
                origin.requestId(),
                origin.client(),
                told == null ? null : told.value(),
                after.keySet().stream()
                        .filter(key -> !key.equals(SCOPES))
                        .sorted()
                        .collect(Collectors.joining(",")),
                before,
                after,
                given(held, EMAIL),
                given(held, NICKNAME),
                given(held, PHOTO),
                undoable ? tokens.newLinkId(now) : null,
                now.plus(undoLifetime),
                null));
        if (told != null) {
            outbox.add(ChangeNotice.KIND, change.id().toString());
        }
        events.tell(accountId, origin, before, after);
    }

    /**
     * Records that an account has another passphrase.
     *
     * @param before hash of the one it had, if that may come back
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void recordPassphrase(UUID accountId, @Nullable EmailAddress told, Origin origin, @Nullable String before) {
        record(
                accountId,
                told,
                origin,
                Map.of(PASSPHRASE, Objects.requireNonNullElse(before, "")),
                Map.of(PASSPHRASE, ""));
    }

    /** Empty texts stand for none, and nothing needs to be held of those. */
    private static @Nullable String given(Map<String, String> before, String key) {
        String value = before.get(key);
        return value == null || value.isEmpty() ? null : value;
    }

    /**
     * The links in notices of the past are dead. Owners undo on their pages instead, where a mailed link signs them in;
     * whoever was moved away from their mailbox cannot, and is told once more.
     */
    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void restored(Instant now) {
        List<String> moves = changes.moves(now);
        outbox.withdraw(moves);
        moves.forEach(change -> outbox.add(ChangeNotice.KIND, change));
    }

    /**
     * Whether an address that somebody gave up may still come back to them. Asked after the address was written
     * elsewhere, in the same transaction: then nobody can give it up unseen.
     *
     * @param by who wants it
     */
    public boolean holdsEmail(EmailAddress email, UUID by) {
        return changes.countHoldingEmail(email.value(), by, clock.instant()) > 0;
    }

    /** The same for a nickname. */
    public boolean holdsNickname(String nickname, UUID by) {
        return changes.countHoldingNickname(nickname, by, clock.instant()) > 0;
    }

    /** What the changes of an account keep, for when it goes and they with it. */
    public Kept keptOf(UUID accountId) {
        List<Change> all = changes.findByAccountId(accountId);
        return new Kept(
                all.stream().map(change -> change.id().toString()).toList(),
                all.stream()
                        .flatMap(change -> Stream.ofNullable(change.photoBefore()))
                        .toList());
    }

    /** What the notices of an account's changes are about that go to an address. */
    public List<String> noticesTo(UUID accountId, EmailAddress address) {
        return changes.findByAccountId(accountId).stream()
                .filter(change -> address.value().equals(change.told()))
                .map(change -> change.id().toString())
                .toList();
    }

    /**
     * What changes keep.
     *
     * @param notices what the notices of them are about
     * @param photos hashes of those that an undo could bring back
     */
    public record Kept(List<String> notices, List<String> photos) {}

    /** Those of the given addresses that somebody gave up and that may still come back to them; as {@link #holdsEmail}. */
    public Set<EmailAddress> heldAmong(Collection<EmailAddress> addresses) {
        List<String> asked = addresses.stream().map(EmailAddress::value).toList();
        return asked.isEmpty()
                ? Set.of()
                : changes.emailsAmong(asked, clock.instant()).stream()
                        .map(EmailAddress::new)
                        .collect(Collectors.toSet());
    }
}
