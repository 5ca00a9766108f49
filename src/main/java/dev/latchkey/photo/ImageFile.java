package dev.latchkey.photo;

import dev.latchkey.photo.PhotoResult.Reason;

/**
 * An upload whose container was walked from first to last byte, before any decoder saw it.
 *
 * <p>Decoders are handed {@link #clean} alone: the parts that make up the picture. Whatever else was in the file
 * (metadata, thumbnails, further frames, compressed text that inflates to gigabytes, a ZIP after the end) is not there.
 *
 * @param width in pixels, as the header says, not yet turned by {@link #orientation}
 * @param orientation 1 to 8 as in EXIF tag 274
 * @param workspace bytes that decoding holds beside the picture that comes out
 * @param whole whether the decoder has to keep every pixel, and so is given memory beside the heap for them
 * @param clean the file without anything that is not picture
 */
record ImageFile(Format format, int width, int height, int orientation, long workspace, boolean whole, byte[] clean) {
    enum Format {
        JPEG,
        PNG,
        WEBP
    }

    /** A row longer than this could fill the memory by itself; JPEG and WebP cannot declare one. */
    private static final int LONGEST_EDGE = 65_535;

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
        throw new Refusal(Reason.UNSUPPORTED);
    }

    static void checkSize(long width, long height) throws Refusal {
        require(width > 0 && height > 0);
        if (width > LONGEST_EDGE || height > LONGEST_EDGE || width * height > PhotoProcessor.MOST_PIXELS) {
            throw new Refusal(Reason.TOO_MANY_PIXELS);
        }
    }

    /** Refuses the file as damaged unless the condition holds. */
    static void require(boolean condition) throws Refusal {
        if (!condition) {
            throw new Refusal(Reason.DAMAGED);
        }
    }
}
