package dev.latchkey.history;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was changed. The values are kept for as long as an undo could need them; then only the names are left.
 *
 * @param requestId the request whose link was used, if one was
 * @param client the client of the grant that was used, if one was
 * @param told the address that was told: the account's at that time, or the one it had until then; absent where nobody
 *     had proved it
 * @param fields keys of what was changed, separated by commas
 * @param before what they held, by key; an empty text stands for none
 * @param after what they hold since
 * @param emailBefore the address that was given up with it, held for the account while it may be taken back
 * @param nicknameBefore the nickname, likewise
 * @param photoBefore hash of the photo, likewise
 * @param undoId the public half of the token that takes it back; absent where nothing does
 * @param undoUntil until when it can be taken back
 * @param undoneAt when it was taken back, itself or with an earlier one
 */
@MappedEntity("changes")
public record Change(
        @Id @StoredAsText UUID id,
        @StoredAsText UUID accountId,
        Instant happenedAt,
        Door door,
        @Nullable @StoredAsText UUID requestId,
        @Nullable String client,
        @Nullable String told,
        String fields,

        @TypeDef(type = DataType.JSON) @Nullable Map<String, String> before,

        @TypeDef(type = DataType.JSON) @Nullable Map<String, String> after,
        @Nullable String emailBefore,
        @Nullable String nicknameBefore,
        @Nullable String photoBefore,
        @Nullable String undoId,
        Instant undoUntil,
        @Nullable Instant undoneAt) {

    private static final Set<String> ENDED = Set.of(ChangeLog.SESSIONS, ChangeLog.GRANTS);

    /** The assistant that was let in with it; absent where none was. */
    public @Nullable String letIn() {
        String client = after == null ? "" : after.getOrDefault(ChangeLog.GRANTS, "");
        return client.isEmpty() ? null : client;
    }

    /** Keys of what was changed. */
    public List<String> keys() {
        return fields.isEmpty() ? List.of() : List.of(fields.split(","));
    }

    /** Keys of what its undo puts back: what was ended stays so, and so does what an undo ends. */
    List<String> restorable() {
        return keys().stream().filter(key -> !ENDED.contains(key)).toList();
    }

    /** Whether it can be taken back now. */
    public boolean undoableAt(Instant now) {
        return undoId != null && undoneAt == null && before != null && undoUntil.isAfter(now);
    }

    /**
     * What its undo brings back, by key: what it replaced, and the address that was told of it where the account has moved
     * since.
     */
    public Map<String, String> restores(EmailAddress now) {
        Map<String, String> values = new TreeMap<>(before == null ? Map.of() : before);
        values.keySet().removeAll(ENDED);
        if (told != null && !told.equals(now.value())) {
            values.put(ChangeLog.EMAIL, told);
        }
        return values;
    }

    /**
     * The same after an earlier change was taken back: without the values of fields that came back with it, and without the
     * link of a notice that went to another address than the account has again.
     *
     * @param owner the address that it has now; absent where nobody proved it
     * @param freshId of a link that nobody has
     */
    Change after(Collection<String> restored, @Nullable EmailAddress owner, String freshId, Instant now) {
        Map<String, String> left = new TreeMap<>(before == null ? Map.of() : before);
        boolean touched = left.keySet().removeAll(restored);
        String address = told == null || owner == null ? told : owner.value();
        boolean toldElsewhere = !Objects.equals(told, address);
        return new Change(
                id,
                accountId,
                happenedAt,
                door,
                requestId,
                client,
                address,
                fields,
                left,
                after,
                left.get(ChangeLog.EMAIL),
                left.get(ChangeLog.NICKNAME),
                left.get(ChangeLog.PHOTO),
                toldElsewhere ? freshId : undoId,
                undoUntil,
                touched && left.isEmpty() ? now : null);
    }
}
