package dev.latchkey.photo;

import dev.latchkey.photo.PhotoResult.Processed;
import dev.latchkey.photo.PhotoResult.Reason;
import dev.latchkey.photo.PhotoResult.Refused;
import jakarta.inject.Singleton;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a square portrait of an upload, whatever the upload is.
 *
 * <p>The format is told by content; JPEG, PNG and WebP are taken. Out comes a progressive JPEG of the centred square,
 * upright, at most {@value #EDGE} pixels wide and never enlarged, transparent parts white, with nothing of the upload
 * but its colours: no metadata, no profile, no trailing bytes. The same upload gives the same bytes and so the same
 * hash. Nothing is written to disk.
 */
@Singleton
public final class PhotoProcessor {
    /** Most bytes of an upload: 5 MiB. */
    public static final int MOST_BYTES = 5 << 20;

    /** Most pixels of an upload, by its header: 40 megapixels. */
    public static final int MOST_PIXELS = 40_000_000;

    /** Width and height of a portrait in pixels, at most. */
    public static final int EDGE = 512;

    private static final Logger LOG = LoggerFactory.getLogger(PhotoProcessor.class);

    private final DecodingThreads threads;

    PhotoProcessor(DecodingThreads threads) {
        this.threads = threads;
        // Before the first class of java.desktop that would look for a display.
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false);
    }

    /** Processes an upload, waiting for a turn while others are decoded; never throws, whatever the bytes are. */
    public PhotoResult process(byte[] upload) {
        if (upload.length > MOST_BYTES) {
            return new Refused(Reason.TOO_LARGE);
        }
        try {
            ImageFile file = ImageFile.inspect(upload);
            return threads.run(file.workspace(), () -> develop(file));
        } catch (Refusal e) {
            return new Refused(e.reason());
        } catch (RuntimeException e) {
            return damaged(e);
        }
    }

    private static PhotoResult develop(ImageFile file) {
        try {
            int edge = Math.min(file.width(), file.height());
            return new Processed(
                    Photo.of(Portrait.develop(ImageDecoder.square(file), file.profile(), edge, file.orientation())));
        } catch (Refusal e) {
            return new Refused(e.reason());
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return damaged(e);
        } catch (OutOfMemoryError e) {
            // The heap is smaller than this picture needs: a smaller picture would be taken.
            LOG.warn("No memory left for a photo of {} x {} pixels", file.width(), file.height());
            return new Refused(Reason.TOO_MANY_PIXELS);
        }
    }

    private static PhotoResult damaged(Throwable cause) {
        LOG.debug("A photo could not be decoded", cause);
        return new Refused(Reason.DAMAGED);
    }
}
