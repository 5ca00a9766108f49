package dev.latchkey.profile;

import dev.latchkey.account.Account;
import dev.latchkey.credential.Passphrases;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.PhotoResult;
import dev.latchkey.photo.PhotoSource;
import dev.latchkey.photo.Photos;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a change that can be kept of what was asked for; everything slow about it happens here, before any transaction. */
@Singleton
final class ChangePreparation {
    /** Stands for the hash of an upload that nobody has decoded yet. */
    private static final String NO_HASH = "?";

    private final Nicknames nicknames;
    private final ChangeLog changes;
    private final PhotoProcessor processor;
    private final Photos photos;
    private final UploadBudget uploads;
    private final PassphraseRules rules;
    private final Passphrases passphrases;

    ChangePreparation(
            Nicknames nicknames,
            ChangeLog changes,
            PhotoProcessor processor,
            Photos photos,
            UploadBudget uploads,
            PassphraseRules rules,
            Passphrases passphrases) {
        this.nicknames = nicknames;
        this.changes = changes;
        this.processor = processor;
        this.photos = photos;
        this.uploads = uploads;
        this.rules = rules;
        this.passphrases = passphrases;
    }

    /** Counts the upload that came with a request, whatever becomes of it; refused after too many. */
    Optional<ChangeRefused.TooManyUploads> countUpload(ProfileChange change, UUID accountId) {
        return change.photo() instanceof PhotoChange.Upload ? countUpload(accountId) : Optional.empty();
    }

    /** The same for an upload that there is. */
    Optional<ChangeRefused.TooManyUploads> countUpload(UUID accountId) {
        return uploads.count(accountId).map(ChangeRefused.TooManyUploads::new);
    }

    /**
     * Parses the fields and decodes the photo, so that all that is wrong is said at once; then stores the photo and hashes
     * the passphrase. A photo that is known to come too late is not looked at.
     *
     * @param proven whether the mailbox is the owner's for certain: nobody else gets a nickname
     */
    Prepared prepare(ProfileChange change, ProfileView stored, boolean proven) {
        List<InvalidField> invalid = new ArrayList<>();
        CheckedChange checked = check(change, invalid);
        if (change.passphrase() instanceof PassphraseChoice.Typed typed) {
            rules.check(typed.passphrase(), stored.account().email()).ifPresent(invalid::add);
        }
        UUID accountId = stored.account().id();
        if (!proven && nickname(checked).isPresent()) {
            invalid.add(new InvalidField(ProfileField.NICKNAME, InvalidField.Reason.UNCONFIRMED));
        } else {
            takenNickname(checked, accountId).ifPresent(invalid::add);
        }
        CheckedChange withAnyPhoto = checked.withPhoto(NO_HASH);
        boolean late = withAnyPhoto.conflicts(stored.profile());
        if (invalid.isEmpty() && late && change.photo() instanceof PhotoChange.Upload) {
            return new Prepared.Stale(withAnyPhoto);
        }
        PhotoChange photo =
                change.photo() instanceof PhotoChange.Upload upload ? look(upload.source(), accountId) : change.photo();
        ChangeRefused refused = photo instanceof PhotoChange.Refused wrong ? wrong.why() : null;
        if (!invalid.isEmpty()) {
            return new Prepared.Refused(new ChangeRefused.InvalidFields(invalid, refused));
        }
        if (refused != null) {
            return new Prepared.Refused(refused);
        }
        if (!(photo instanceof PhotoChange.Ready ready)) {
            return new Prepared.Valid(checked, null, passphrase(change, stored.account()));
        }
        if (late) {
            return new Prepared.Stale(withAnyPhoto);
        }
        // Put even where the profile shows it: another save may replace it before this one is written.
        Photo portrait = ready.photo();
        photos.keep(portrait);
        return new Prepared.Valid(checked.withPhoto(portrait.hash()), portrait, passphrase(change, stored.account()));
    }

    /** Makes a portrait of an upload, if there can be one. */
    PhotoChange look(PhotoSource upload, UUID accountId) {
        return switch (processor.process(upload, accountId.toString())) {
            case PhotoResult.Processed processed -> new PhotoChange.Ready(processed.photo());
            case PhotoResult.Refused photo -> new PhotoChange.Refused(new ChangeRefused.PhotoRefused(photo.reason()));
        };
    }

    /** The fields that need nothing but themselves; refused ones are left out. */
    static CheckedChange check(ProfileChange change, List<InvalidField> refused) {
        Map<ProfileField, String> touched = new EnumMap<>(ProfileField.class);
        touched.putAll(change.texts());
        // Forms send line breaks as CR LF, whatever they were given.
        touched.entrySet()
                .removeIf(field -> field.getValue()
                        .replace("\r\n", "\n")
                        .equals(change.base().get(field.getKey())));
        Map<ProfileField, String> values = ProfileField.parse(touched, refused);
        if (change.photo() instanceof PhotoChange.Remove) {
            values.put(ProfileField.PHOTO, "");
        }
        return new CheckedChange(values, change.versions(), change.base());
    }

    /**
     * What a write was refused by: somebody took the nickname between our look and our write, and the transaction is undone.
     *
     * @throws DataAccessException the same, where it was something else
     */
    ChangeRefused.InvalidFields refusedBy(DataAccessException failure, CheckedChange change, UUID accountId) {
        return takenNickname(change, accountId)
                .map(taken -> new ChangeRefused.InvalidFields(List.of(taken)))
                .orElseThrow(() -> failure);
    }

    /** Whether somebody else has the nickname that is asked for, or gave it up and may have it back. */
    private Optional<InvalidField> takenNickname(CheckedChange change, UUID accountId) {
        return nickname(change)
                .filter(wanted -> nicknames.isTaken(wanted, accountId))
                .map(wanted -> new InvalidField(ProfileField.NICKNAME, InvalidField.Reason.TAKEN));
    }

    private static Optional<String> nickname(CheckedChange change) {
        return Optional.ofNullable(change.values().get(ProfileField.NICKNAME)).filter(wanted -> !wanted.isEmpty());
    }

    /**
     * Asked when the profile was written: somebody may have given the nickname up after our look and before our write.
     *
     * @throws DataAccessException when they may have it back, for {@link #refusedBy}
     */
    void requireUnheld(Profile written, Set<ProfileField> changed) {
        String nickname = written.nickname();
        if (changed.contains(ProfileField.NICKNAME)
                && nickname != null
                && changes.holdsNickname(nickname, written.accountId())) {
            throw new DataAccessException("A nickname that is held for somebody");
        }
    }

    /** Typing the passphrase in use says that it is the owner's, as much as asking to keep it. */
    private NewPassphrase passphrase(ProfileChange change, Account account) {
        String inUse = account.passphraseHash();
        String owner = account.id().toString();
        return switch (change.passphrase()) {
            case PassphraseChoice.None none -> new NewPassphrase(null, null);
            case PassphraseChoice.Keep keep -> new NewPassphrase(null, inUse);
            case PassphraseChoice.Typed typed ->
                inUse != null && passphrases.matches(typed.passphrase(), inUse, owner)
                        ? new NewPassphrase(null, inUse)
                        : new NewPassphrase(passphrases.hash(typed.passphrase(), owner), null);
        };
    }

    /** What became of a request. */
    sealed interface Prepared {

        /** It can be written; the photo is kept, and nobody can see it yet. */
        record Valid(CheckedChange change, @Nullable Photo photo, NewPassphrase passphrase) implements Prepared {}

        /** The profile has changed since the caller looked. */
        record Stale(CheckedChange change) implements Prepared {}

        /** It cannot be kept. */
        record Refused(ChangeRefused why) implements Prepared {}
    }

    /**
     * What is to become of the passphrase.
     *
     * @param hash of the one the owner set; absent when they set none
     * @param kept the stored hash that they said is theirs; absent when they said nothing. The hash and not a yes, so that
     *     it never covers a passphrase that somebody else sets meanwhile
     */
    record NewPassphrase(@Nullable String hash, @Nullable String kept) {

        /** Whether the owner said that the passphrase with this hash is theirs. */
        boolean keeps(@Nullable String stored) {
            return kept != null && kept.equals(stored);
        }
    }
}
