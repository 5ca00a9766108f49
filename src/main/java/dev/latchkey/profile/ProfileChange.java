package dev.latchkey.profile;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change as it was asked for, in JSON or by a form; whether it can be kept is seen by {@link ChangePreparation}.
 *
 * @param texts what the fields of text are to hold
 * @param versions the caller looked at one of these; absent when it does not care
 * @param base what the caller was shown of each field; empty when it does not say. A field that is still as it was shown
 *     was not touched, and is no part of the change
 */
public record ProfileChange(
        Map<ProfileField, String> texts,
        PhotoChange photo,
        PassphraseChoice passphrase,
        @Nullable Set<Long> versions,
        Map<ProfileField, String> base) {

    /** A change of texts, whatever is stored. */
    public static ProfileChange of(Map<ProfileField, String> texts) {
        return new ProfileChange(texts, new PhotoChange.None(), new PassphraseChoice.None(), null, Map.of());
    }

    /** The same with another photo, or without one. */
    public ProfileChange with(PhotoChange other) {
        return new ProfileChange(texts, other, passphrase, versions, base);
    }

    /** The same with a word about the passphrase. */
    public ProfileChange with(PassphraseChoice choice) {
        return new ProfileChange(texts, photo, choice, versions, base);
    }

    /** The same for a caller who looked at one of these versions; absent when it does not care. */
    public ProfileChange from(@Nullable Set<Long> seen) {
        return new ProfileChange(texts, photo, passphrase, seen, base);
    }
}
