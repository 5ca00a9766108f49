package dev.latchkey.profile;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.Accounts;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.mail.Outbox;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one transaction of a Save: token, profile, account, revocations and the notice to the owner, all or nothing.
 *
 * <p>The account is locked first, so what is read here stays true until the end. Whatever can refuse is asked before
 * the first write; only broken plumbing undoes anything.
 */
@Singleton
class ProfileWriter {
    private final AccountLock lock;
    private final Accounts accounts;
    private final Profiles profiles;
    private final LinkClaims claims;
    private final Outbox outbox;
    private final Clock clock;

    ProfileWriter(
            AccountLock lock, Accounts accounts, Profiles profiles, LinkClaims claims, Outbox outbox, Clock clock) {
        this.lock = lock;
        this.accounts = accounts;
        this.profiles = profiles;
        this.claims = claims;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Writes a change.
     *
     * @param passphraseHash the new passphrase's hash; absent to keep the one in use
     * @param version the version the caller looked at; absent when it does not care
     * @return empty when the link was gone, and nothing was written
     */
    @Transactional
    Optional<SaveOutcome> write(
            Inspection.Open link, ProfileChange change, @Nullable String passphraseHash, @Nullable Long version) {
        UUID accountId = link.accountId();
        lock.lock(accountId);
        Account account = accounts.findById(accountId).orElseThrow();
        Profile stored = profiles.find(accountId).orElseGet(() -> Profile.none(accountId));
        if (version != null && version != stored.version()) {
            return Optional.of(new SaveOutcome.VersionConflict(link, new ProfileView(account, stored)));
        }
        Instant now = clock.instant();
        Profile after = change.over(stored, now);
        Set<ProfileField> changed = ProfileChange.difference(stored, after);
        if (passphraseHash != null) {
            changed.add(ProfileField.PASSPHRASE);
        }
        if (changed.isEmpty()) {
            return Optional.of(new SaveOutcome.Unchanged());
        }
        if (!claims.claim(link)) {
            return Optional.empty();
        }
        save(stored, after);
        saveAccount(account, passphraseHash, now);
        claims.finish(
                link,
                LinkPurpose.EDIT_PROFILE,
                changed.stream().map(ProfileField::key).toList());
        outbox.add(ChangedMail.KIND, link.requestId().toString(), null);
        return Optional.of(new SaveOutcome.Saved(changed));
    }

    private void save(Profile stored, Profile after) {
        if (stored.version() == 0) {
            profiles.save(after);
        } else {
            profiles.update(after);
        }
    }

    /**
     * Using the link proves the mailbox. Where nobody proved it before, a passphrase from before was set by somebody
     * who may not own the address, and dies unless the owner has just set one.
     */
    private void saveAccount(Account account, @Nullable String passphraseHash, Instant now) {
        boolean firstProof = accounts.markVerified(account.id(), now) == 1;
        if (passphraseHash != null || (firstProof && account.passphraseHash() != null)) {
            accounts.updatePassphraseHash(account.id(), passphraseHash);
        }
    }
}
