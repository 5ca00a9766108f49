package dev.latchkey.account;

import dev.latchkey.database.StoredAsText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is.
 *
 * @param id assigned by us, never shown to strangers
 * @param email the only address that mail for this account is sent to
 * @param pin a public number that identifies
 * @param status whether the account may be used
 * @param tier what the account has earned; lost with the proof of the mailbox, and then to be earned again
 * @param passphraseHash Argon2id; absent until the owner sets a passphrase
 * @param emailVerifiedAt when the owner proved the mailbox; absent before
 * @param createdAt when the account was made
 * @param assistants whether assistants may ask for links on the owner's behalf
 */
@MappedEntity("accounts")
public record Account(
        @Id @StoredAsText UUID id,

        @TypeDef(type = DataType.STRING, converter = EmailAddress.Stored.class)
        EmailAddress email,

        int pin,
        AccountStatus status,
        Tier tier,
        @Nullable String passphraseHash,
        @Nullable Instant emailVerifiedAt,
        Instant createdAt,
        boolean assistants) {

    /** Nothing else takes PRO away, so whatever ends a proof need not think of it. */
    public Account {
        tier = emailVerifiedAt == null ? Tier.FREE : tier;
    }

    /** Whether links may be sent and sessions opened. */
    public boolean usable() {
        return status == AccountStatus.ACTIVE;
    }

    /** Whether somebody proved that the mailbox is theirs. */
    public boolean verified() {
        return emailVerifiedAt != null;
    }

    /** The address that is told of changes: only one that somebody proved. */
    public @Nullable EmailAddress told() {
        return verified() ? email : null;
    }

    /** The same with another hash. */
    public Account withPassphraseHash(String hash) {
        return new Account(id, email, pin, status, tier, hash, emailVerifiedAt, createdAt, assistants);
    }
}
