package dev.latchkey.photo.image;

import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.PhotoResult;
import dev.latchkey.photo.PhotoSource;

/** What becomes of uploads of nobody in particular. */
public final class Portraits {
    private static final PhotoProcessor PROCESSOR = new ImageProcessor(new DecodingThreads(), new DecoderWorkers());

    private Portraits() {}

    public static PhotoResult process(byte[] upload) {
        return PROCESSOR.process(PhotoSource.of(upload), "nobody");
    }
}
