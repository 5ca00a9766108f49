package dev.latchkey.profile;

import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.PhotoResult;
import dev.latchkey.photo.PhotoStore;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a valid change of what was asked for; everything slow about it happens here, before any transaction. */
@Singleton
final class ChangePreparation {
    private final Profiles profiles;
    private final PhotoProcessor processor;
    private final PhotoStore photos;

    ChangePreparation(Profiles profiles, PhotoProcessor processor, PhotoStore photos) {
        this.profiles = profiles;
        this.processor = processor;
        this.photos = photos;
    }

    /**
     * Parses the fields, then decodes and stores the photo.
     *
     * @param refused fields that are known to be wrong already
     */
    Prepared prepare(ProfileInput input, Profile stored, Optional<InvalidField> refused) {
        List<InvalidField> invalid = new ArrayList<>();
        ProfileChange change = ProfileChange.parse(input, invalid);
        refused.ifPresent(invalid::add);
        takenNickname(change, stored).ifPresent(invalid::add);
        if (!invalid.isEmpty()) {
            return new Prepared.Invalid(invalid);
        }
        if (input.photoTooLarge()) {
            return new Prepared.PhotoRefused(PhotoResult.Reason.TOO_LARGE);
        }
        if (input.photo() == null) {
            return new Prepared.Valid(change);
        }
        return switch (processor.process(input.photo())) {
            case PhotoResult.Refused photo -> new Prepared.PhotoRefused(photo.reason());
            case PhotoResult.Processed processed -> new Prepared.Valid(withPhoto(change, processed.photo()));
        };
    }

    /** The photo is put even where the profile shows it: another save may replace it before this one is written. */
    private ProfileChange withPhoto(ProfileChange change, Photo photo) {
        photos.put(photo);
        return change.withPhoto(photo.hash());
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

        /** It can be written. */
        record Valid(ProfileChange change) implements Prepared {}

        /** Some fields cannot be kept. */
        record Invalid(List<InvalidField> fields) implements Prepared {}

        /** The photo cannot be kept. */
        record PhotoRefused(PhotoResult.Reason reason) implements Prepared {}
    }
}
