package dev.latchkey.photo.image;

import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.PhotoResult.Reason;
import java.awt.Rectangle;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An upload whose container was walked before any decoder saw it.
 *
 * <p>Decoders are handed {@link #clean} alone: the parts that make up the picture. Whatever else was in the file
 * (metadata, thumbnails, further frames, compressed text that inflates to gigabytes, a film after the end) is not
 * there.
 *
 * @param width in pixels, as the header says, not yet turned by {@link #orientation}
 * @param picture where the decoded picture lies in that area: all of it, but for the first frame of an animation
 * @param orientation 1 to 8 as in EXIF tag 274
 * @param workspace bytes that decoding holds beside the picture that comes out
 * @param profile what the numbers of the picture mean, where the file says so and it is not sRGB
 * @param clean the file without anything that is not picture
 */
record ImageFile(
        Format format,
        int width,
        int height,
        Rectangle picture,
        int orientation,
        long workspace,
        @Nullable ColourProfile profile,
        byte[] clean) {
    enum Format {
        JPEG,
        PNG,
        WEBP
    }

    /** A row longer than this could fill the memory by itself; JPEG and WebP cannot declare one. */
    private static final int LONGEST_EDGE = 65_535;

    /** More pixels than this take long, and so does whatever needs much memory. */
    private static final long LARGE_PIXELS = 16_000_000;

    /** Bytes that decoding may hold beside the picture before that is much. */
    private static final long LARGE_WORKSPACE = 32L << 20;

    /** The first four bytes are the length of the first box; those of phones have 24 to 60. */
    private static final int LENGTH = 3;

    private static final Pattern HEIC = Pattern.compile("\\x00\\x00\\x00.ftyp(?:....)*?he[iv].", Pattern.DOTALL);

    /** Tells the format by the first bytes and reads the container. */
    static ImageFile inspect(byte[] upload) throws Refusal {
        if (JpegFile.recognises(upload)) {
            return new JpegFile(upload).inspect();
        }
        if (PngFile.recognises(upload)) {
            return new PngFile(upload).inspect();
        }
        if (WebpFile.recognises(upload)) {
            return new WebpFile(upload).inspect();
        }
        throw new Refusal(isHeic(upload) ? Reason.HEIC : Reason.UNSUPPORTED);
    }

    /** Whether it needs much time or memory. */
    boolean isLarge() {
        return workspace > LARGE_WORKSPACE || (long) width * height > LARGE_PIXELS;
    }

    /** Told by the brands in its first box (ISO/IEC 23008-12): {@code heic} and its kin, but not {@code avif}. */
    private static boolean isHeic(byte[] upload) {
        int box = upload.length > LENGTH ? upload[LENGTH] & 0xff : 0;
        String head = new String(upload, 0, Math.min(upload.length, box), StandardCharsets.ISO_8859_1);
        return HEIC.matcher(head).lookingAt();
    }

    static void checkSize(long width, long height) throws Refusal {
        Refusal.require(width > 0 && height > 0);
        if (width > LONGEST_EDGE || height > LONGEST_EDGE || width * height > PhotoProcessor.MOST_PIXELS) {
            throw new Refusal(Reason.TOO_MANY_PIXELS);
        }
    }
}
