package dev.latchkey.profile;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.Door;
import dev.latchkey.history.Origin;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.magiclink.MailboxProofs;
import dev.latchkey.profile.ChangePreparation.NewPassphrase;
import dev.latchkey.profile.ProfileEdits.Chat;
import dev.latchkey.session.Sessions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a Save writes, once all that is slow about it is done. */
@Singleton
final class SaveTransaction {
    private final Profiles profiles;
    private final ChangePreparation preparation;
    private final AccountLock lock;
    private final Sessions sessions;
    private final LinkClaims claims;
    private final MailboxProofs proofs;
    private final ChangeLog changes;
    private final Commits commits;
    private final Clock clock;

    SaveTransaction(
            Profiles profiles,
            ChangePreparation preparation,
            AccountLock lock,
            Sessions sessions,
            LinkClaims claims,
            MailboxProofs proofs,
            ChangeLog changes,
            Commits commits,
            Clock clock) {
        this.profiles = profiles;
        this.preparation = preparation;
        this.lock = lock;
        this.sessions = sessions;
        this.claims = claims;
        this.proofs = proofs;
        this.changes = changes;
        this.commits = commits;
        this.clock = clock;
    }

    /**
     * The one transaction of a Save: token, profile, account, revocations and the notice to the owner, all or nothing.
     *
     * @return empty when the link was gone, or the account is gone or blocked; nothing was written
     */
    Optional<SaveOutcome> write(
            Inspection.Open link, @Nullable Chat chat, CheckedChange change, NewPassphrase passphrase) {
        Instant now = clock.instant();
        return commits.write(
                OutcomeUnknown.Doing.USE_LINK,
                // The second half of a double click must not hear that a link lives on which the first has used.
                status -> write(link, chat, change, passphrase, now)
                        .filter(outcome -> outcome instanceof SaveOutcome.Saved || claims.isOpen(link)),
                outcome -> lock.lock(link.accountId()).isPresent() && claims.endedAt(link, now));
    }

    /**
     * The account is locked first, so what is read here stays true until the end. Whatever can refuse is asked before the
     * first write; only broken plumbing undoes anything.
     */
    private Optional<SaveOutcome> write(
            Inspection.Open link, @Nullable Chat chat, CheckedChange change, NewPassphrase passphrase, Instant now) {
        Account account = lock.lock(link.accountId())
                .filter(Account::usable)
                .filter(owner -> chat == null || isOpen(chat, owner))
                .orElse(null);
        if (account == null) {
            return Optional.empty();
        }
        Optional<Profile> row = profiles.find(account.id());
        Profile stored = row.orElseGet(() -> Profile.none(account.id()));
        if (change.conflicts(stored)) {
            return Optional.of(
                    new SaveOutcome.VersionConflict(link, new ProfileView(account, stored), change.disputed(stored)));
        }
        Profile after = change.over(stored, now);
        Set<ProfileField> changed = stored.difference(after);
        if (passphrase.hash() != null) {
            changed.add(ProfileField.PASSPHRASE);
        }
        if (changed.isEmpty()) {
            return Optional.of(new SaveOutcome.Unchanged());
        }
        if (!claims.claim(link)) {
            return Optional.empty();
        }
        profiles.put(row, after);
        preparation.requireUnheld(after, changed);
        if (chat == null) {
            proofs.record(account, passphrase.hash(), passphrase.keeps(account.passphraseHash()));
        }
        claims.finish(
                link,
                ProfileEdits.PURPOSE,
                changed.stream().map(ProfileField::key).toList(),
                now);
        Map<String, String> before = stored.told(changed);
        String hash = account.passphraseHash();
        // One that somebody chose before anybody proved the mailbox is not to come back.
        if (before.containsKey(ProfileField.PASSPHRASE.key()) && account.verified() && hash != null) {
            before.put(ProfileField.PASSPHRASE.key(), hash);
        }
        // Whoever came by the link has just proved the mailbox.
        EmailAddress told = chat == null ? account.email() : account.told();
        Origin origin =
                chat == null ? Origin.link(link.requestId()) : new Origin(Door.GRANT, link.requestId(), chat.client());
        changes.record(account.id(), told, origin, before, after.told(changed));
        return Optional.of(new SaveOutcome.Saved(changed, account.id(), account.email(), stored.photoHash()));
    }

    private boolean isOpen(Chat chat, Account owner) {
        return chat.accountId().equals(owner.id()) && sessions.existsById(chat.session());
    }
}
