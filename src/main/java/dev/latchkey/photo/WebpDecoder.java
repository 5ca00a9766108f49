package dev.latchkey.photo;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.luciad.imageio.webp.WebPReadParam;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes WebP with libwebp, which cuts out the square and makes it smaller while it decodes. */
final class WebpDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(WebpDecoder.class);

    /** One for each decoding thread: the library never gives back the memory of those that it makes. */
    private static final ThreadLocal<WebPReadParam> PARAMS = ThreadLocal.withInitial(WebPReadParam::new);

    private WebpDecoder() {}

    /**
     * The square of the canvas, not yet turned upright; transparent where no picture lies.
     *
     * @throws Refusal where libwebp cannot be loaded on this machine
     */
    static BufferedImage square(ImageFile file) throws IOException, Refusal {
        try {
            return place(file);
        } catch (LinkageError e) {
            LOG.warn("A WebP photo was refused, because libwebp could not be loaded", e);
            throw new Refusal(PhotoResult.Reason.UNSUPPORTED);
        }
    }

    private static BufferedImage place(ImageFile file) throws IOException {
        int edge = Math.min(file.width(), file.height());
        Rectangle square = new Rectangle((file.width() - edge) / 2, (file.height() - edge) / 2, edge, edge);
        int target = Math.min(edge, ImageDecoder.LONGEST_EDGE);
        Rectangle seen = square.intersection(file.picture());
        if (seen.equals(square)) {
            seen.translate(-file.picture().x, -file.picture().y);
            return decode(file, seen, target, target);
        }
        BufferedImage canvas = new BufferedImage(target, target, BufferedImage.TYPE_INT_ARGB);
        if (seen.isEmpty()) {
            decode(file, new Rectangle(file.picture().getSize()), 1, 1);
            return canvas;
        }
        double scale = (double) target / edge;
        int left = (int) Math.round((seen.x - square.x) * scale);
        int top = (int) Math.round((seen.y - square.y) * scale);
        int width = Math.max(1, (int) Math.round((seen.getMaxX() - square.x) * scale) - left);
        int height = Math.max(1, (int) Math.round((seen.getMaxY() - square.y) * scale) - top);
        seen.translate(-file.picture().x, -file.picture().y);
        Graphics2D graphics = canvas.createGraphics();
        try {
            graphics.setComposite(AlphaComposite.Src);
            graphics.drawImage(decode(file, seen, width, height), left, top, null);
        } finally {
            graphics.dispose();
        }
        return canvas;
    }

    /** A part of the picture in a size that is not larger. */
    private static BufferedImage decode(ImageFile file, Rectangle part, int width, int height) throws IOException {
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance();
        try (ImageInputStream input = new ByteArrayImageInputStream(file.clean())) {
            reader.setInput(input, true, true);
            if (reader.getWidth(0) != file.picture().width || reader.getHeight(0) != file.picture().height) {
                throw new IOException("The decoder sees another header than was checked");
            }
            WebPReadParam param = PARAMS.get();
            param.setUseCropping(true);
            param.setCropLeft(part.x);
            param.setCropTop(part.y);
            param.setCropWidth(part.width);
            param.setCropHeight(part.height);
            param.setUseScaling(width != part.width || height != part.height);
            param.setScaledWidth(width);
            param.setScaledHeight(height);
            return reader.read(0, param);
        } catch (OutOfMemoryError e) {
            // So libwebp says of some damaged files, too; the heap's own errors come with a message.
            if (e.getMessage() == null) {
                throw new IOException("libwebp gave up", e);
            }
            throw e;
        } finally {
            reader.dispose();
        }
    }
}
