package dev.latchkey.photo.webp;

import dev.latchkey.photo.PhotoResult;
import dev.latchkey.photo.Refusal;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lends a worker to each thread that decodes; one that failed is never lent again. */
final class WebpWorkers {
    private static final Logger LOG = LoggerFactory.getLogger(WebpWorkers.class);

    private final ConcurrentLinkedDeque<WebpProcess> idle = new ConcurrentLinkedDeque<>();

    /**
     * Has a picture decoded.
     *
     * @throws Refusal when it is damaged, or libwebp cannot be used on this machine
     * @throws IOException when the worker crashed or took too long over it
     */
    BufferedImage decode(WebpRequest request) throws IOException, Refusal {
        WebpProcess used = idle.pollFirst();
        if (used != null) {
            try {
                return decode(used, request);
            } catch (IOException e) {
                // It may have ended by itself just now; whatever is wrong with the picture, another one will tell.
                LOG.debug("A WebP worker ended", e);
            }
        }
        return decode(started(), request);
    }

    private BufferedImage decode(WebpProcess worker, WebpRequest request) throws IOException, Refusal {
        boolean sound = false;
        try {
            BufferedImage image = worker.decode(request);
            sound = true;
            return image;
        } catch (Refusal e) {
            sound = e.reason() == PhotoResult.Reason.DAMAGED;
            if (!sound) {
                LOG.warn("A WebP photo was refused, because libwebp could not be loaded");
            }
            throw e;
        } finally {
            if (sound) {
                idle.addFirst(worker);
            } else {
                worker.end();
            }
        }
    }

    private static WebpProcess started() throws Refusal {
        try {
            return new WebpProcess();
        } catch (IOException e) {
            LOG.warn("A WebP photo was refused, because no process could be started to decode it", e);
            throw new Refusal(PhotoResult.Reason.UNSUPPORTED);
        }
    }
}
