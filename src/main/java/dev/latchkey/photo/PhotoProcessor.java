package dev.latchkey.photo;

import dev.latchkey.photo.PhotoResult.Processed;
import dev.latchkey.photo.PhotoResult.Reason;
import dev.latchkey.photo.PhotoResult.Refused;
import dev.latchkey.photo.image.ImageDecoder;
import dev.latchkey.photo.image.ImageFile;
import dev.latchkey.photo.image.Portrait;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.Semaphore;
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

    /** Pictures that nobody is known for share one name, and so stand in line behind each other. */
    private static final String NOBODY = "";

    /** Uploads that are looked at at one time, each of them in memory for some milliseconds. */
    private static final int LOOKS = 4;

    /** Pictures above either limit are decoded in the line of the large ones. */
    private static final long LARGE_WORKSPACE = 32L << 20;

    private static final long LARGE_PIXELS = 16_000_000;

    private final DecodingThreads threads;
    private final Semaphore looks = new Semaphore(LOOKS, true);

    public PhotoProcessor(DecodingThreads threads) {
        this.threads = threads;
        // Before the first class of java.desktop that would look for a display.
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false);
    }

    /** Processes an upload of nobody in particular. */
    public PhotoResult process(byte[] upload) {
        return process(() -> upload, NOBODY);
    }

    /**
     * Processes an upload, waiting for a turn while others are decoded. Whatever the bytes are, they end in a result.
     *
     * @param whose names the account or caller the upload comes from: nobody's uploads hold up those of others
     * @throws DecodingOverloaded when the turn does not come in time
     */
    public PhotoResult process(PhotoSource upload, String whose) {
        try {
            // Read anew when the turn has come: what waits is in no memory.
            return threads.run(whose, isLarge(upload), () -> develop(upload));
        } catch (Refusal e) {
            return new Refused(e.reason());
        }
    }

    private boolean isLarge(PhotoSource upload) throws Refusal {
        looks.acquireUninterruptibly();
        try {
            ImageFile file = inspect(upload);
            return file.workspace() > LARGE_WORKSPACE || (long) file.width() * file.height() > LARGE_PIXELS;
        } finally {
            looks.release();
        }
    }

    private static ImageFile inspect(PhotoSource upload) throws Refusal {
        byte[] bytes = upload.bytes();
        if (bytes.length > MOST_BYTES) {
            throw new Refusal(Reason.TOO_LARGE);
        }
        try {
            return ImageFile.inspect(bytes);
        } catch (RuntimeException e) {
            LOG.debug("A photo could not be read", e);
            throw new Refusal(Reason.DAMAGED);
        }
    }

    private static PhotoResult develop(PhotoSource upload) {
        try {
            return develop(inspect(upload));
        } catch (Refusal e) {
            return new Refused(e.reason());
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
