package dev.latchkey.profile;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountLock;
import dev.latchkey.database.Commits;
import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.history.Origin;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkClaims;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.magiclink.MailboxProofs;
import dev.latchkey.photo.Photos;
import dev.latchkey.profile.ChangePreparation.NewPassphrase;
import dev.latchkey.profile.ChangePreparation.Prepared;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.annotation.ReadOnly;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Load and Save: looks at a profile through a magic link, and changes it once.
 *
 * <p>Everything slow (decoding the photo, hashing the passphrase) happens before the one transaction. A failure before it
 * costs nothing; the photo it may leave behind is seen by nobody, and swept.
 */
@Singleton
public class ProfileEdits {
    private static final LinkPurpose PURPOSE = LinkPurpose.EDIT_PROFILE;

    private final LinkInspector links;
    private final LinkStatusService statuses;
    private final Profiles profiles;
    private final ChangePreparation preparation;
    private final AccountLock lock;
    private final LinkClaims claims;
    private final MailboxProofs proofs;
    private final ChangeLog changes;
    private final Commits commits;
    private final Photos photos;
    private final MeterRegistry meters;
    private final Clock clock;

    ProfileEdits(
            LinkInspector links,
            LinkStatusService statuses,
            Profiles profiles,
            ChangePreparation preparation,
            AccountLock lock,
            LinkClaims claims,
            MailboxProofs proofs,
            ChangeLog changes,
            Commits commits,
            Photos photos,
            MeterRegistry meters,
            Clock clock) {
        this.links = links;
        this.statuses = statuses;
        this.profiles = profiles;
        this.preparation = preparation;
        this.lock = lock;
        this.claims = claims;
        this.proofs = proofs;
        this.changes = changes;
        this.commits = commits;
        this.photos = photos;
        this.meters = meters;
        this.clock = clock;
    }

    /** Looks at what a token opens; any number of times, never consumes it. */
    @ReadOnly
    public LoadOutcome load(String token) {
        return switch (links.inspect(token, PURPOSE)) {
            case Inspection.Refused refused -> new LoadOutcome.LinkRefused(refused);
            case Inspection.Open open -> new LoadOutcome.Loaded(open, profiles.viewOf(open.account()));
        };
    }

    /** Changes the profile that a token opens, and consumes the token with it; both or neither. */
    public SaveOutcome save(String token, ProfileChange change) {
        return save(token, change, owner -> {});
    }

    /**
     * The same for a caller who wants to know whose profile it is.
     *
     * @param owner hears it before anything is written; not at all where the link opens nothing
     */
    public SaveOutcome save(String token, ProfileChange change, Consumer<ProfileView> owner) {
        SaveOutcome outcome = switch (load(token)) {
            case LoadOutcome.LinkRefused refused -> {
                statuses.noteRanOut();
                yield new SaveOutcome.LinkRefused(refused.refusal());
            }
            case LoadOutcome.Loaded loaded -> {
                owner.accept(loaded.view());
                yield save(loaded.link(), token, loaded.view(), change);
            }
        };
        count(outcome);
        return outcome;
    }

    private void count(SaveOutcome outcome) {
        String result = switch (outcome) {
            case SaveOutcome.Saved saved -> "saved";
            case SaveOutcome.Unchanged unchanged -> "unchanged";
            case SaveOutcome.LinkRefused refused ->
                "link-" + refused.refusal().reason().name().toLowerCase(Locale.ROOT);
            case ChangeRefused.InvalidFields invalid -> "invalid-fields";
            case ChangeRefused.PhotoRefused photo -> "photo-refused";
            case ChangeRefused.TooManyUploads many -> "too-many-uploads";
            case SaveOutcome.VersionConflict conflict -> "version-conflict";
        };
        meters.counter("latchkey.saves", "result", result).increment();
    }

    private SaveOutcome save(Inspection.Open link, String token, ProfileView stored, ProfileChange change) {
        Optional<ChangeRefused.TooManyUploads> tooMany = preparation.countUpload(change, link.accountId());
        if (tooMany.isPresent()) {
            return tooMany.get();
        }
        return switch (preparation.prepare(change, stored)) {
            case Prepared.Refused refused -> refused.why();
            case Prepared.Stale stale -> stale(token, stored, stale.change().disputed(stored.profile()));
            case Prepared.Valid valid -> {
                SaveOutcome outcome = write(link, token, valid);
                if (outcome instanceof SaveOutcome.Saved saved
                        && saved.changed().contains(ProfileField.PHOTO)) {
                    photos.changed(saved.photoBefore(), valid.photo());
                }
                yield outcome;
            }
        };
    }

    /** The version may be stale because another request with this very link has just saved. */
    private SaveOutcome stale(String token, ProfileView stored, Set<ProfileField> disputed) {
        return switch (links.inspect(token, PURPOSE)) {
            case Inspection.Refused refused -> new SaveOutcome.LinkRefused(refused);
            case Inspection.Open open -> new SaveOutcome.VersionConflict(open, stored, disputed);
        };
    }

    private SaveOutcome write(Inspection.Open link, String token, Prepared.Valid valid) {
        try {
            return write(link, valid.change(), valid.passphrase()).orElseGet(() -> lost(token));
        } catch (DataAccessException e) {
            return preparation.refusedBy(e, valid.change(), link.accountId());
        }
    }

    /** Another request with the same token, or another link of the account, was faster. */
    private SaveOutcome lost(String token) {
        return switch (links.inspect(token, PURPOSE)) {
            case Inspection.Refused refused -> new SaveOutcome.LinkRefused(refused);
            // Gone for the transaction, and open again for us: the clock went back, or whatever it was is over.
            case Inspection.Open open -> new SaveOutcome.LinkRefused(Inspection.Refused.unknown());
        };
    }

    /**
     * The one transaction of a Save: token, profile, account, revocations and the notice to the owner, all or nothing.
     *
     * @return empty when the link was gone, or the account is gone or blocked; nothing was written
     */
    Optional<SaveOutcome> write(Inspection.Open link, CheckedChange change, NewPassphrase passphrase) {
        Instant now = clock.instant();
        return commits.write(
                OutcomeUnknown.Doing.USE_LINK,
                // The second half of a double click must not hear that a link lives on which the first has used.
                status -> write(link, change, passphrase, now)
                        .filter(outcome -> outcome instanceof SaveOutcome.Saved || claims.isOpen(link)),
                outcome -> claims.endedAt(link, now));
    }

    /**
     * The account is locked first, so what is read here stays true until the end. Whatever can refuse is asked before the
     * first write; only broken plumbing undoes anything.
     */
    private Optional<SaveOutcome> write(
            Inspection.Open link, CheckedChange change, NewPassphrase passphrase, Instant now) {
        Account account = lock.lock(link.accountId()).filter(Account::usable).orElse(null);
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
        proofs.record(account, passphrase.hash(), passphrase.keeps(account.passphraseHash()));
        claims.finish(link, PURPOSE, changed.stream().map(ProfileField::key).toList(), now);
        Map<String, String> before = stored.told(changed);
        String hash = account.passphraseHash();
        // One that somebody chose before anybody proved the mailbox is not to come back.
        if (before.containsKey(ProfileField.PASSPHRASE.key()) && account.verified() && hash != null) {
            before.put(ProfileField.PASSPHRASE.key(), hash);
        }
        changes.record(account.id(), account.email(), Origin.link(link.requestId()), before, after.told(changed));
        return Optional.of(new SaveOutcome.Saved(changed, account.id(), account.email(), stored.photoHash()));
    }
}
