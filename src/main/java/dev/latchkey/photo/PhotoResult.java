package dev.latchkey.photo;

/** What became of an upload. */
public sealed interface PhotoResult {

    /** The portrait, ready to be stored. */
    record Processed(Photo photo) implements PhotoResult {}

    /** Nothing usable came out, and nothing was left behind. */
    record Refused(Reason reason) implements PhotoResult {}

    /** Why an upload was refused. */
    enum Reason {
        /** More than {@value PhotoProcessor#MOST_BYTES} bytes. */
        TOO_LARGE,
        /** By its content neither JPEG nor PNG nor WebP, or a variant of them that browsers do not show either. */
        UNSUPPORTED,
        /** An HEIC or HEIF photo, as phones take them and hardly anything shows them. */
        HEIC,
        /** The header declares more pixels than {@link PhotoProcessor} decodes. */
        TOO_MANY_PIXELS,
        /** Begins like an image but cannot be read to its end. */
        DAMAGED
    }
}
