package dev.latchkey.photo.image;

import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.PhotoResult;
import dev.latchkey.photo.PhotoResult.Processed;
import dev.latchkey.photo.PhotoResult.Reason;
import dev.latchkey.photo.PhotoResult.Refused;
import dev.latchkey.photo.PhotoSource;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at an upload, waits for a turn, and turns it into a portrait. */
@Singleton
final class ImageProcessor implements PhotoProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(ImageProcessor.class);

    /** Uploads that are looked at at one time, each of them in memory for some milliseconds. */
    private static final int LOOKS = 4;

    /** More pixels than this are decoded in the line of the large ones, and so is whatever needs much memory. */
    private static final long LARGE_PIXELS = 16_000_000;

    private final DecodingThreads threads;
    private final Semaphore looks = new Semaphore(LOOKS, true);

    ImageProcessor(DecodingThreads threads) {
        this.threads = threads;
        // Before the first class of java.desktop that would look for a display.
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false);
    }

    @Override
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
            return file.needsMuchMemory() || (long) file.width() * file.height() > LARGE_PIXELS;
        } finally {
            looks.release();
        }
    }

    private static ImageFile inspect(PhotoSource upload) throws Refusal {
        byte[] bytes = upload.bytes();
        try {
            return ImageFile.inspect(bytes);
        } catch (RuntimeException e) {
            LOG.debug("A photo could not be read", e);
            throw new Refusal(Reason.DAMAGED);
        }
    }

    private static PhotoResult develop(PhotoSource upload) {
        try {
            return new Processed(Photo.of(portrait(inspect(upload))));
        } catch (Refusal e) {
            return new Refused(e.reason());
        }
    }

    private static byte[] portrait(ImageFile file) throws Refusal {
        try {
            int edge = Math.min(file.width(), file.height());
            return Portrait.develop(ImageDecoder.square(file), file.profile(), edge, file.orientation());
        } catch (IOException | RuntimeException | StackOverflowError e) {
            LOG.debug("A photo could not be decoded", e);
            throw new Refusal(Reason.DAMAGED);
        } catch (OutOfMemoryError e) {
            // The heap is smaller than this picture needs: a smaller picture would be taken.
            LOG.warn("No memory left for a photo of {} x {} pixels", file.width(), file.height());
            throw new Refusal(Reason.TOO_MANY_PIXELS);
        }
    }
}
