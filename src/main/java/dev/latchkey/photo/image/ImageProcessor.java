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
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a turn and has a process make a portrait; what turns out to be large there waits for another turn. */
@Singleton
final class ImageProcessor implements PhotoProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(ImageProcessor.class);

    private final DecodingThreads threads;
    private final DecoderWorkers workers;

    ImageProcessor(DecodingThreads threads, DecoderWorkers workers) {
        this.threads = threads;
        this.workers = workers;
    }

    @Override
    public PhotoResult process(PhotoSource upload, String whose) {
        if (upload.size() > MOST_BYTES) {
            return new Refused(Reason.TOO_LARGE);
        }
        PhotoResult soon = threads.run(whose, false, () -> develop(upload, false));
        return soon != null ? soon : threads.run(whose, true, () -> Objects.requireNonNull(develop(upload, true)));
    }

    /** Nothing where it is large and should not be. */
    private @Nullable PhotoResult develop(PhotoSource upload, boolean mayBeLarge) {
        try {
            byte[] portrait = workers.portrait(upload, mayBeLarge);
            return portrait == null ? null : new Processed(Photo.of(portrait));
        } catch (Refusal e) {
            return new Refused(e.reason());
        } catch (IOException e) {
            LOG.warn("A photo ended the process that was to decode it", e);
            return new Refused(Reason.DAMAGED);
        }
    }
}
