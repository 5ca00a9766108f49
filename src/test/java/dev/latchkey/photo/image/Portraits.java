package dev.latchkey.photo.image;

import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.PhotoResult;

/** What becomes of uploads of nobody in particular. */
public final class Portraits {
    private static final PhotoProcessor PROCESSOR = new ImageProcessor(new DecodingThreads());

    private Portraits() {}

    public static PhotoResult process(byte[] upload) {
        return PROCESSOR.process(() -> upload, "nobody");
    }
}
