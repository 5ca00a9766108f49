package dev.latchkey.profile;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.credential.PassphrasePolicy;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.PhotoResult;
import dev.latchkey.photo.PhotoStore;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Load and Save: looks at a profile through a magic link, and changes it once.
 *
 * <p>Everything slow (decoding the photo, hashing the passphrase) happens here, before the one transaction of
 * {@link ProfileWriter}. A failure before it costs nothing; the photo it may leave behind is swept.
 */
@Singleton
public final class ProfileEdits {
    private static final LinkPurpose PURPOSE = LinkPurpose.EDIT_PROFILE;

    private final LinkInspector links;
    private final Accounts accounts;
    private final Profiles profiles;
    private final PassphrasePolicy policy;
    private final Passphrases passphrases;
    private final PhotoProcessor processor;
    private final PhotoStore photos;
    private final ProfileWriter writer;
    private final ProfileMetrics metrics;

    ProfileEdits(
            LinkInspector links,
            Accounts accounts,
            Profiles profiles,
            PassphrasePolicy policy,
            Passphrases passphrases,
            PhotoProcessor processor,
            PhotoStore photos,
            ProfileWriter writer,
            ProfileMetrics metrics) {
        this.links = links;
        this.accounts = accounts;
        this.profiles = profiles;
        this.policy = policy;
        this.passphrases = passphrases;
        this.processor = processor;
        this.photos = photos;
        this.writer = writer;
        this.metrics = metrics;
    }

    /** Looks at what a token opens; any number of times, never consumes it. */
    public LoadOutcome load(String token) {
        return switch (links.inspect(token, PURPOSE)) {
            case Inspection.Refused refused -> new LoadOutcome.LinkRefused(refused);
            case Inspection.Open open -> new LoadOutcome.Loaded(open, view(open.accountId()));
        };
    }

    /** Changes the profile that a token opens, and consumes the token with it; both or neither. */
    public SaveOutcome save(String token, ProfileInput input) {
        SaveOutcome outcome = switch (links.inspect(token, PURPOSE)) {
            case Inspection.Refused refused -> new SaveOutcome.LinkRefused(refused);
            case Inspection.Open open -> save(open, token, input);
        };
        metrics.count(outcome);
        return outcome;
    }

    private SaveOutcome save(Inspection.Open link, String token, ProfileInput input) {
        ProfileView stored = view(link.accountId());
        List<InvalidField> invalid = new ArrayList<>();
        ProfileChange change = ProfileChange.parse(input, invalid);
        checkPassphrase(input.passphrase(), stored.account()).ifPresent(invalid::add);
        checkNickname(change, stored.profile()).ifPresent(invalid::add);
        if (!invalid.isEmpty()) {
            return new SaveOutcome.InvalidFields(invalid);
        }
        if (input.photoTooLarge()) {
            return new SaveOutcome.PhotoRefused(PhotoResult.Reason.TOO_LARGE);
        }
        Photo photo = null;
        if (input.photo() != null) {
            switch (processor.process(input.photo())) {
                case PhotoResult.Refused refused -> {
                    return new SaveOutcome.PhotoRefused(refused.reason());
                }
                case PhotoResult.Processed processed -> photo = processed.photo();
            }
        }
        ProfileChange whole = photo == null ? change : change.withPhoto(photo.hash());
        if (photo != null && !photo.hash().equals(stored.profile().photoHash())) {
            photos.put(photo);
        }
        String hash = newHash(input.passphrase(), stored.account());
        return write(link, token, whole, hash, input.version());
    }

    private SaveOutcome write(
            Inspection.Open link, String token, ProfileChange change, @Nullable String hash, @Nullable Long version) {
        try {
            return writer.write(link, change, hash, version).orElseGet(() -> lost(token));
        } catch (DataAccessException e) {
            // Somebody took the nickname between our look and our write; the transaction is undone.
            ProfileView now = view(link.accountId());
            return checkNickname(change, now.profile())
                    .<SaveOutcome>map(taken -> new SaveOutcome.InvalidFields(List.of(taken)))
                    .orElseThrow(() -> e);
        }
    }

    /** Another request with the same token, or another link of the account, was faster. */
    private SaveOutcome lost(String token) {
        return switch (links.inspect(token, PURPOSE)) {
            case Inspection.Refused refused -> new SaveOutcome.LinkRefused(refused);
            case Inspection.Open open ->
                throw new IllegalStateException("Link " + open.requestId() + " is open but could not be claimed");
        };
    }

    private ProfileView view(UUID accountId) {
        Account account = accounts.findById(accountId).orElseThrow();
        return new ProfileView(account, profiles.find(accountId).orElseGet(() -> Profile.none(accountId)));
    }

    private Optional<InvalidField> checkPassphrase(@Nullable String passphrase, Account account) {
        return passphrase == null
                ? Optional.empty()
                : policy.check(passphrase, account.email().value())
                        .map(refusal -> new InvalidField(
                                ProfileField.PASSPHRASE,
                                switch (refusal) {
                                    case TOO_SHORT -> InvalidField.Reason.TOO_SHORT;
                                    case TOO_LONG -> InvalidField.Reason.TOO_LONG;
                                    case COMMON -> InvalidField.Reason.COMMON;
                                    case SAME_AS_EMAIL -> InvalidField.Reason.SAME_AS_EMAIL;
                                    case UNREADABLE -> InvalidField.Reason.ILL_FORMED;
                                }));
    }

    private Optional<InvalidField> checkNickname(ProfileChange change, Profile stored) {
        String wanted = change.nickname().over(null);
        return wanted == null
                ? Optional.empty()
                : profiles.findByNickname(wanted)
                        .filter(other -> !other.accountId().equals(stored.accountId()))
                        .map(other -> new InvalidField(ProfileField.NICKNAME, InvalidField.Reason.TAKEN));
    }

    /** The hash to store; none when no passphrase was given or it is the one in use. */
    private @Nullable String newHash(@Nullable String passphrase, Account account) {
        if (passphrase == null) {
            return null;
        }
        String inUse = account.passphraseHash();
        return inUse != null && passphrases.matches(passphrase, inUse) ? null : passphrases.hash(passphrase);
    }
}
