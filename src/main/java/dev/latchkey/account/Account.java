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
 * @param undeliverableSince since when no mail goes to the address; absent where mail goes there
 * @param undeliverableWhy why that is so
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
        boolean assistants,
        @Nullable Instant undeliverableSince,
        @Nullable Undeliverable undeliverableWhy) {

    /** Nothing else takes PRO away, so whatever ends a proof need not think of it. */
    public Account {
        tier = emailVerifiedAt == null ? Tier.FREE : tier;
    }

    /** An account whose address nothing is known against. */
    public Account(
            UUID id,
            EmailAddress email,
            int pin,
            AccountStatus status,
            Tier tier,
            @Nullable String passphraseHash,
            @Nullable Instant emailVerifiedAt,
            Instant createdAt,
            boolean assistants) {
        this(id, email, pin, status, tier, passphraseHash, emailVerifiedAt, createdAt, assistants, null, null);
    }

    /** Whether links may be sent and sessions opened. */
    public boolean usable() {
        return status == AccountStatus.ACTIVE;
    }

    /** Whether somebody proved that the mailbox is theirs. */
    public boolean verified() {
        return emailVerifiedAt != null;
    }

    /** Whether no mail goes to the address: one came back for good, or was complained of. */
    public boolean undeliverable() {
        return undeliverableSince != null;
    }

    /** The address that is told of changes: only one that somebody proved, and that mail goes to. */
    public @Nullable EmailAddress told() {
        return verified() && !undeliverable() ? email : null;
    }

    /** The same with another hash. */
    public Account withPassphraseHash(String hash) {
        return new Account(
                id,
                email,
                pin,
                status,
                tier,
                hash,
                emailVerifiedAt,
                createdAt,
                assistants,
                undeliverableSince,
                undeliverableWhy);
    }
}
