package dev.latchkey.profile.typed;

import dev.latchkey.database.OldRows;
import dev.latchkey.database.StoredAsText;
import dev.latchkey.profile.ProfileField;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The forms that were typed in vain, for a day. */
@JdbcRepository(dialect = Dialect.ANSI)
interface TypedForms extends GenericRepository<TypedForm, String>, OldRows {
    Optional<TypedForm> findById(String id);

    /** Puts one in the place of what the same browser had for the account. */
    @Query("INSERT INTO typed_forms (id, account_id, texts, typed_at) VALUES (:id, :accountId, :texts, :typedAt)"
            + " ON CONFLICT (id) DO UPDATE SET texts = :texts, typed_at = :typedAt")
    int put(String id, @StoredAsText UUID accountId, Map<ProfileField, String> texts, Instant typedAt);

    /** Removes all of an account but the newest. */
    @Query("DELETE FROM typed_forms WHERE account_id = :accountId AND id NOT IN"
            + " (SELECT id FROM typed_forms WHERE account_id = :accountId ORDER BY typed_at DESC, id LIMIT :most)")
    int removeAllBut(@StoredAsText UUID accountId, int most);

    @Query("DELETE FROM typed_forms WHERE id = :id")
    int remove(String id);

    @Override
    default int removeOld(Instant now, int most) {
        return removeTyped(now.minus(TypedTexts.KEPT), most);
    }

    @Query("DELETE FROM typed_forms WHERE id IN"
            + " (SELECT id FROM typed_forms WHERE typed_at <= :by ORDER BY typed_at LIMIT :most)")
    int removeTyped(Instant by, int most);
}
