package dev.latchkey.account;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All accounts. */
@JdbcRepository(dialect = Dialect.ANSI)
public interface Accounts extends GenericRepository<Account, UUID> {
    Account save(Account account);

    void saveAll(Iterable<Account> accounts);

    Optional<Account> findById(@StoredAsText UUID id);

    Optional<Account> findByEmail(EmailAddress email);

    Optional<Account> findByPin(int pin);

    /**
     * Accounts whose address is like a pattern, those that were made last first.
     *
     * @param pattern as LIKE reads it, with {@code !} before what is meant as it stands
     * @param earlier than the account with this id
     */
    @Query("SELECT * FROM accounts WHERE email LIKE :pattern ESCAPE '!' AND id < :earlier ORDER BY id DESC LIMIT :most")
    List<Account> findLike(String pattern, @StoredAsText UUID earlier, int most);

    List<Account> findByEmailIn(Collection<EmailAddress> emails);

    /** Those of the given PINs that are taken. */
    @Query("SELECT pin FROM accounts WHERE pin IN (:pins)")
    List<Integer> pinsAmong(Collection<Integer> pins);

    /** Sets or replaces the passphrase. */
    void updatePassphraseHash(@Id UUID id, @Nullable String passphraseHash);

    /** Replaces a passphrase's hash by another of the same passphrase; 0 when it was changed meanwhile. */
    @Query("UPDATE accounts SET passphrase_hash = :fresh WHERE id = :id AND passphrase_hash = :old")
    int replacePassphraseHash(@StoredAsText UUID id, String old, String fresh);

    @Query("DELETE FROM accounts WHERE id = :id")
    int remove(@StoredAsText UUID id);

    /** Whether assistants may ask for links; 0 when that is so already. */
    @Query("UPDATE accounts SET assistants = :allowed WHERE id = :id AND assistants <> :allowed")
    int letAssistantsAsk(@StoredAsText UUID id, boolean allowed);

    void updateTier(@Id UUID id, Tier tier);

    /** Goes from one status to another; 0 when somebody else changed it first. */
    @Query("UPDATE accounts SET status = :then WHERE id = :id AND status = :now")
    int changeStatus(@StoredAsText UUID id, AccountStatus now, AccountStatus then);

    /** Moves an account to another mailbox; it keeps its tier only where that one is proved. */
    @Query("UPDATE accounts SET email = :email, email_verified_at = :verifiedAt, unconfirmed_since = NULL,"
            + " undeliverable_since = NULL, undeliverable_why = NULL, mailbox_since = :at WHERE id = :id")
    int move(
            @StoredAsText UUID id,
            @TypeDef(type = DataType.STRING, converter = EmailAddress.Stored.class) EmailAddress email,
            @Nullable Instant verifiedAt,
            Instant at);

    /**
     * No mail goes to its address any more.
     *
     * @param mailedAt when the mail was sent that came back or was complained of
     * @return 0 when that is so already, or when the mail is from before the mailbox was proved anew
     */
    @Query("UPDATE accounts SET undeliverable_since = :at, undeliverable_why = :why WHERE id = :id"
            + " AND undeliverable_since IS NULL AND (mailbox_since IS NULL OR mailbox_since <= :mailedAt)")
    int markUndeliverable(@StoredAsText UUID id, Undeliverable why, Instant mailedAt, Instant at);

    /** The owner proved the mailbox anew: mail goes there again. */
    @Query("UPDATE accounts SET undeliverable_since = NULL, undeliverable_why = NULL, mailbox_since = :at"
            + " WHERE id = :id AND undeliverable_since IS NOT NULL")
    int markDeliverable(@StoredAsText UUID id, Instant at);

    /** Somebody signed up for it; until it is confirmed it is kept only for a while. */
    @Query("UPDATE accounts SET unconfirmed_since = :at WHERE id = :id")
    int markUnconfirmed(@StoredAsText UUID id, Instant at);

    /** Somebody uses it while nobody has confirmed it; nothing happens to any other. */
    @Query("UPDATE accounts SET unconfirmed_since = :at WHERE id = :id AND unconfirmed_since < :at")
    int noteUse(@StoredAsText UUID id, Instant at);

    /** It was confirmed, if only in the session-key API: it stays. */
    @Query("UPDATE accounts SET unconfirmed_since = NULL WHERE id = :id")
    int markConfirmed(@StoredAsText UUID id);

    /** Some accounts that nobody confirmed, used last before that time. A block outlives its account's neglect. */
    @Query("SELECT id FROM accounts WHERE unconfirmed_since < :before AND status = 'ACTIVE'"
            + " ORDER BY unconfirmed_since LIMIT :most")
    List<String> findUnconfirmed(Instant before, int most);

    /** Whether an account is one of those: 1, or 0 when somebody used or confirmed it meanwhile. */
    @Query("SELECT count(*) FROM accounts WHERE id = :id AND unconfirmed_since < :before AND status = 'ACTIVE'")
    int countUnconfirmed(@StoredAsText UUID id, Instant before);

    /** Records that the owner proved the mailbox; the first proof counts, and no tier from before it. */
    @Query("UPDATE accounts SET email_verified_at = :at, tier = 'FREE', unconfirmed_since = NULL"
            + " WHERE id = :id AND email_verified_at IS NULL")
    int markVerified(@StoredAsText UUID id, Instant at);
}
