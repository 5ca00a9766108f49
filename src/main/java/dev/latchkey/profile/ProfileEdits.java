package dev.latchkey.profile;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.photo.Photos;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.annotation.ReadOnly;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Load and Save: looks at a profile through a magic link, and changes it once.
 *
 * <p>Everything slow (decoding the photo, hashing the passphrase) happens here, before the one transaction of
 * {@link ProfileWriter}. A failure before it costs nothing; the photo it may leave behind is seen by nobody, and swept.
 */
@Singleton
public class ProfileEdits {
    private static final LinkPurpose PURPOSE = LinkPurpose.EDIT_PROFILE;

    private final LinkInspector links;
    private final LinkStatusService statuses;
    private final Accounts accounts;
    private final Profiles profiles;
    private final PassphraseRules rules;
    private final Passphrases passphrases;
    private final ChangePreparation preparation;
    private final ProfileWriter writer;
    private final Photos photos;
    private final ProfileMetrics metrics;

    ProfileEdits(
            LinkInspector links,
            LinkStatusService statuses,
            Accounts accounts,
            Profiles profiles,
            PassphraseRules rules,
            Passphrases passphrases,
            ChangePreparation preparation,
            ProfileWriter writer,
            Photos photos,
            ProfileMetrics metrics) {
        this.links = links;
        this.statuses = statuses;
        this.accounts = accounts;
        this.profiles = profiles;
        this.rules = rules;
        this.passphrases = passphrases;
        this.preparation = preparation;
        this.writer = writer;
        this.photos = photos;
        this.metrics = metrics;
    }

    /** Looks at what a token opens; any number of times, never consumes it. */
    @ReadOnly
    public LoadOutcome load(String token) {
        return switch (links.inspect(token, PURPOSE)) {
            case Inspection.Refused refused -> new LoadOutcome.LinkRefused(refused);
            case Inspection.Open open ->
                view(open.accountId())
                        .<LoadOutcome>map(view -> new LoadOutcome.Loaded(open, view))
                        .orElseGet(() -> new LoadOutcome.LinkRefused(Inspection.Refused.unknown()));
        };
    }

    /** Changes the profile that a token opens, and consumes the token with it; both or neither. */
    public SaveOutcome save(String token, ProfileInput input) {
        SaveOutcome outcome = switch (links.inspect(token, PURPOSE)) {
            case Inspection.Refused refused -> {
                statuses.noteRanOut();
                yield new SaveOutcome.LinkRefused(refused);
            }
            case Inspection.Open open ->
                view(open.accountId())
                        .map(stored -> save(open, token, stored, input))
                        .orElseGet(() -> new SaveOutcome.LinkRefused(Inspection.Refused.unknown()));
        };
        metrics.count(outcome);
        return outcome;
    }

    private SaveOutcome save(Inspection.Open link, String token, ProfileView stored, ProfileInput input) {
        Optional<Duration> wait = preparation.countUpload(input, link.accountId());
        if (wait.isPresent()) {
            return new SaveOutcome.TooManyUploads(wait.get());
        }
        Account account = stored.account();
        Profile profile = stored.profile();
        Optional<InvalidField> weak =
                Optional.ofNullable(input.passphrase()).flatMap(typed -> rules.check(typed, account.email()));
        return switch (preparation.prepare(
                input, profile, weak, change -> change.conflicts(profile, input.version(), input.base()))) {
            case ChangePreparation.Prepared.Invalid invalid -> new SaveOutcome.InvalidFields(invalid.fields());
            case ChangePreparation.Prepared.PhotoRefused photo -> new SaveOutcome.PhotoRefused(photo.reason());
            case ChangePreparation.Prepared.Stale stale ->
                stale(token, stored, stale.change().disputed(profile, input.base()));
            case ChangePreparation.Prepared.Valid valid -> {
                NewPassphrase passphrase = passphrase(input, account);
                SaveOutcome outcome = write(link, token, valid.change(), passphrase, input);
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

    private SaveOutcome write(
            Inspection.Open link, String token, ProfileChange change, NewPassphrase passphrase, ProfileInput input) {
        try {
            return writer.write(link, change, passphrase, input.version(), input.base())
                    .orElseGet(() -> lost(token));
        } catch (DataAccessException e) {
            // Somebody took the nickname between our look and our write; the transaction is undone.
            return view(link.accountId())
                    .flatMap(now -> preparation.takenNickname(change, now.profile()))
                    .<SaveOutcome>map(taken -> new SaveOutcome.InvalidFields(List.of(taken)))
                    .orElseThrow(() -> e);
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

    /** Empty when the account was deleted or blocked meanwhile. */
    private Optional<ProfileView> view(UUID accountId) {
        return accounts.findById(accountId)
                .filter(Account::usable)
                .map(account ->
                        new ProfileView(account, profiles.find(accountId).orElseGet(() -> Profile.none(accountId))));
    }

    /** Typing the passphrase in use says that it is the owner's, as much as asking to keep it. */
    private NewPassphrase passphrase(ProfileInput input, Account account) {
        String typed = input.passphrase();
        if (typed == null) {
            return new NewPassphrase(null, input.keepPassphrase() ? account.passphraseHash() : null);
        }
        String inUse = account.passphraseHash();
        String owner = account.id().toString();
        return inUse != null && passphrases.matches(typed, inUse, owner)
                ? new NewPassphrase(null, inUse)
                : new NewPassphrase(passphrases.hash(typed, owner), null);
    }
}
