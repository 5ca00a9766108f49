package dev.latchkey.profile;

import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.PhotoResult;
import dev.latchkey.photo.PhotoSource;
import dev.latchkey.photo.Photos;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes a valid change of what was asked for; everything slow about it happens here, before any transaction. */
@Singleton
final class ChangePreparation {
    private static final String NO_HASH = "";

    private final Profiles profiles;
    private final PhotoProcessor processor;
    private final Photos photos;
    private final UploadBudget uploads;

    ChangePreparation(Profiles profiles, PhotoProcessor processor, Photos photos, UploadBudget uploads) {
        this.profiles = profiles;
        this.processor = processor;
        this.photos = photos;
        this.uploads = uploads;
    }

    /** Counts the upload that came with a request, whatever becomes of it; tells how long to wait after too many. */
    Optional<Duration> countUpload(ProfileInput input, UUID accountId) {
        return input.isUpload() ? uploads.count(accountId) : Optional.empty();
    }

    /**
     * Parses the fields, then decodes and stores the photo.
     *
     * @param refused fields that are known to be wrong already
     * @param isStale whether a change is known to come too late; asked before a photo is decoded, whose hash is then none
     */
    Prepared prepare(
            ProfileInput input, Profile stored, Optional<InvalidField> refused, Predicate<ProfileChange> isStale) {
        List<InvalidField> invalid = new ArrayList<>();
        ProfileChange change = ProfileChange.parse(input, invalid);
        refused.ifPresent(invalid::add);
        takenNickname(change, stored).ifPresent(invalid::add);
        if (!invalid.isEmpty()) {
            return new Prepared.Invalid(invalid);
        }
        if (input.isUpload() && isStale.test(change.withPhoto(NO_HASH))) {
            return new Prepared.Stale(change.withPhoto(NO_HASH));
        }
        if (input.photoTooLarge()) {
            return new Prepared.PhotoRefused(PhotoResult.Reason.TOO_LARGE);
        }
        PhotoSource upload = input.photo();
        if (upload == null) {
            return new Prepared.Valid(change, null);
        }
        return switch (processor.process(upload, stored.accountId().toString())) {
            case PhotoResult.Refused photo -> new Prepared.PhotoRefused(photo.reason());
            case PhotoResult.Processed processed -> withPhoto(change, processed.photo());
        };
    }

    /** The photo is put even where the profile shows it: another save may replace it before this one is written. */
    private Prepared withPhoto(ProfileChange change, Photo photo) {
        photos.keep(photo);
        return new Prepared.Valid(change.withPhoto(photo.hash()), photo);
    }

    /** Whether somebody else has the nickname that is asked for. */
    Optional<InvalidField> takenNickname(ProfileChange change, Profile stored) {
        String wanted = change.nickname().over(null);
        return wanted == null
                ? Optional.empty()
                : profiles.findByNickname(wanted)
                        .filter(other -> !other.accountId().equals(stored.accountId()))
                        .map(other -> new InvalidField(ProfileField.NICKNAME, InvalidField.Reason.TAKEN));
    }

    /** What became of a request. */
    sealed interface Prepared {

        /** It can be written; the photo is kept, and nobody can see it yet. */
        record Valid(ProfileChange change, @Nullable Photo photo) implements Prepared {}

        /** The profile has changed since the caller looked. */
        record Stale(ProfileChange change) implements Prepared {}

        /** Some fields cannot be kept. */
        record Invalid(List<InvalidField> fields) implements Prepared {}

        /** The photo cannot be kept. */
        record PhotoRefused(PhotoResult.Reason reason) implements Prepared {}
    }
}
