package dev.latchkey.profile;

import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoSource;
import org.jspecify.annotations.Nullable;

/** What is to become of the photo. */
public sealed interface PhotoChange {

    /** It stays. */
    record None() implements PhotoChange {}

    /** It goes. */
    record Remove() implements PhotoChange {}

    /** Another one takes its place, if it can be kept. */
    record Upload(PhotoSource source) implements PhotoChange {}

    /** Another one takes its place that was looked at before. */
    record Ready(Photo photo) implements PhotoChange {}

    /** Another one was to take its place and cannot. */
    record Refused(ChangeRefused why) implements PhotoChange {}

    /** An upload counts for more than the wish to be without a photo. */
    static PhotoChange of(@Nullable PhotoSource uploaded, boolean remove) {
        if (uploaded != null) {
            return new Upload(uploaded);
        }
        return remove ? new Remove() : new None();
    }
}
