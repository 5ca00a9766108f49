package dev.latchkey.profile;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.MailboxProofs;
import dev.latchkey.mail.Outbox;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
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
    private final Profiles profiles;
    private final LinkClaims claims;
    private final MailboxProofs proofs;
    private final Outbox outbox;
    private final Commits commits;
    private final Clock clock;

    ProfileWriter(
            AccountLock lock,
            Profiles profiles,
            LinkClaims claims,
            MailboxProofs proofs,
            Outbox outbox,
            Commits commits,
            Clock clock) {
        this.lock = lock;
        this.profiles = profiles;
        this.claims = claims;
        this.proofs = proofs;
        this.outbox = outbox;
        this.commits = commits;
        this.clock = clock;
    }

    /**
     * Writes a change.
     *
     * @param passphrase what the owner said about it
     * @param version the version the caller looked at; absent when it does not care
     * @param base what the caller saw then; with it only a field that both changed is in the way
     * @return empty when the link was gone, or the account is gone or blocked; nothing was written
     */
    Optional<SaveOutcome> write(
            Inspection.Open link,
            ProfileChange change,
            NewPassphrase passphrase,
            @Nullable Long version,
            Map<ProfileField, String> base) {
        Instant now = clock.instant();
        return commits.write(
                OutcomeUnknown.Doing.USE_LINK,
                status -> write(link, change, passphrase, version, base, now).filter(outcome -> holds(link, outcome)),
                outcome -> claims.endedAt(link, now));
    }

    private Optional<SaveOutcome> write(
            Inspection.Open link,
            ProfileChange change,
            NewPassphrase passphrase,
            @Nullable Long version,
            Map<ProfileField, String> base,
            Instant now) {
        UUID accountId = link.accountId();
        Optional<Account> usable = lock.lock(accountId).filter(Account::usable);
        if (usable.isEmpty()) {
            return Optional.empty();
        }
        Account account = usable.get();
        Optional<Profile> row = profiles.find(accountId);
        Profile stored = row.orElseGet(() -> Profile.none(accountId));
        if (change.conflicts(stored, version, base)) {
            return Optional.of(new SaveOutcome.VersionConflict(
                    link, new ProfileView(account, stored), change.disputed(stored, base)));
        }
        Profile after = change.over(stored, now);
        Set<ProfileField> changed = ProfileChange.difference(stored, after);
        if (passphrase.hash() != null) {
            changed.add(ProfileField.PASSPHRASE);
        }
        if (changed.isEmpty()) {
            return Optional.of(new SaveOutcome.Unchanged());
        }
        if (!claims.claim(link)) {
            return Optional.empty();
        }
        save(row.isPresent(), after);
        proofs.record(account, passphrase.hash(), passphrase.keeps(account.passphraseHash()));
        claims.finish(
                link,
                LinkPurpose.EDIT_PROFILE,
                changed.stream().map(ProfileField::key).toList(),
                now);
        outbox.add(ChangedMail.KIND, link.requestId().toString());
        return Optional.of(new SaveOutcome.Saved(changed, account.email(), stored.photoHash()));
    }

    /** The second half of a double click must not hear that a link lives on which the first has used. */
    private boolean holds(Inspection.Open link, SaveOutcome outcome) {
        return outcome instanceof SaveOutcome.Saved || claims.isOpen(link);
    }

    private void save(boolean there, Profile after) {
        if (there) {
            profiles.update(after);
        } else {
            profiles.save(after);
        }
    }
}
