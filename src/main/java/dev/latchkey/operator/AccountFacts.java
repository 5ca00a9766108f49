package dev.latchkey.operator;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Tier;
import dev.latchkey.profile.Profile;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account as an operator sees it: never a hash, nor anything that opens it.
 *
 * @param emailVerifiedAt when its owner proved the mailbox; absent before
 * @param name what its profile shows, where there is one
 * @param undeliverableSince since when mails to its address are known to come back; absent where they do not
 * @param assistants whether assistants may ask for links on its owner's behalf
 * @param hasPassphrase whether a passphrase signs in to it, beside the mailbox
 * @param sessions how many of them, tokens, keys and grants are open
 * @param links how many mailed links are open
 * @param lastRequestAt when a link to it was last asked for, within the past month
 */
@Serdeable
public record AccountFacts(
        UUID id,
        String email,
        int pin,
        AccountStatus status,
        Tier tier,
        boolean emailVerified,
        @Nullable Instant emailVerifiedAt,
        @Nullable Instant undeliverableSince,
        Instant createdAt,
        @Nullable String name,
        @Nullable String nickname,
        @Nullable String locale,
        boolean assistants,
        boolean hasPassphrase,
        int sessions,
        int links,
        @Nullable Instant lastRequestAt) {

    static AccountFacts of(Account account, Profile profile, int sessions, int links, @Nullable Instant lastRequestAt) {
        return new AccountFacts(
                account.id(),
                account.email().value(),
                account.pin(),
                account.status(),
                account.tier(),
                account.verified(),
                account.emailVerifiedAt(),
                account.undeliverableSince(),
                account.createdAt(),
                profile.name(),
                profile.nickname(),
                profile.locale(),
                account.assistants(),
                account.passphraseHash() != null,
                sessions,
                links,
                lastRequestAt);
    }
}
