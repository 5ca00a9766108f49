package dev.latchkey.profile;

import dev.latchkey.photo.PhotoSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A requested change as it arrived, from JSON or from a form. An absent field stays as it is, an empty one is cleared.
 *
 * @param version the version that the person looked at; absent when the caller does not care
 * @param locale BCP 47 tag
 * @param passphrase the new one
 * @param bio free text
 * @param name as they like to be called
 * @param nickname 3-30 characters
 * @param photo the uploaded file
 * @param photoTooLarge whether a file was uploaded whose size alone refuses it; its content was not kept
 * @param removePhoto whether the photo is to go
 * @param keepPassphrase whether the owner says that the passphrase in use is theirs; asked at the first proof of the
 *     mailbox
 * @param base what the caller was shown of each field, the photo by its hash and nothing as the empty text; empty when
 *     it does not say. A field that is still as it was shown was not touched, and is no part of the change
 */
public record ProfileInput(
        @Nullable Long version,
        @Nullable String locale,
        @Nullable String passphrase,
        @Nullable String bio,
        @Nullable String name,
        @Nullable String nickname,
        @Nullable PhotoSource photo,
        boolean photoTooLarge,
        boolean removePhoto,
        boolean keepPassphrase,
        Map<ProfileField, String> base) {

    /** Without a word about the passphrase in use. */
    public ProfileInput(
            @Nullable Long version,
            @Nullable String locale,
            @Nullable String passphrase,
            @Nullable String bio,
            @Nullable String name,
            @Nullable String nickname,
            @Nullable PhotoSource photo,
            boolean photoTooLarge,
            boolean removePhoto) {
        this(version, locale, passphrase, bio, name, nickname, photo, photoTooLarge, removePhoto, false, Map.of());
    }

    /** A request that changes nothing: the start for building others. */
    public static final ProfileInput EMPTY = new ProfileInput(null, null, null, null, null, null, null, false, false);

    /** Whether it came with a file, usable or not. */
    boolean isUpload() {
        return photo != null || photoTooLarge;
    }

    /** The same with an uploaded file. */
    public ProfileInput withPhoto(PhotoSource upload) {
        return new ProfileInput(
                version, locale, passphrase, bio, name, nickname, upload, false, removePhoto, keepPassphrase, base);
    }
}
