package dev.latchkey.photo;

/**
 * Makes a square portrait of an upload, whatever the upload is.
 *
 * <p>The format is told by content; JPEG, PNG and WebP are taken. Out comes a progressive JPEG of the centred square,
 * upright, at most {@value #EDGE} pixels wide and never enlarged, transparent parts white, with nothing of the upload
 * but its colours: no metadata, no profile, no trailing bytes. The same upload gives the same bytes and so the same
 * hash. Nothing is written to disk.
 */
public interface PhotoProcessor {
    /** Most bytes of an upload: 5 MiB. */
    int MOST_BYTES = 5 << 20;

    /** Most pixels of an upload, by its header: 40 megapixels. */
    int MOST_PIXELS = 40_000_000;

    /** Width and height of a portrait in pixels, at most. */
    int EDGE = 512;

    /**
     * Processes an upload, waiting for a turn while others are decoded. Whatever the bytes are, they end in a result.
     *
     * @param whose names the account or caller the upload comes from: nobody's uploads hold up those of others
     * @throws DecodingOverloaded when the turn does not come in time, or no process can be started
     */
    PhotoResult process(PhotoSource upload, String whose);
}
