package dev.latchkey.photo.image;

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

/** Decodes WebP with libwebp, one picture at a time, which cuts out the square and makes it smaller while it decodes. */
final class WebpDecoder {
    /** One for all: the library never gives back the memory of those that it makes. */
    private static final WebPReadParam PARAM = new WebPReadParam();

    private WebpDecoder() {}

    /**
     * The square of the canvas, not yet turned upright; transparent where no picture lies.
     *
     * @throws LinkageError where libwebp cannot be used on this machine
     */
    static BufferedImage square(ImageFile file) throws IOException {
        Rectangle square = ImageDecoder.squareOf(ImageDecoder.sizeOf(file));
        int target = Math.min(square.width, ImageDecoder.LONGEST_EDGE);
        Rectangle seen = square.intersection(file.picture());
        if (seen.equals(square)) {
            return decode(file, seen, target, target);
        }
        BufferedImage canvas = new BufferedImage(target, target, BufferedImage.TYPE_INT_ARGB);
        if (seen.isEmpty()) {
            decode(file, file.picture(), 1, 1);
            return canvas;
        }
        double scale = (double) target / square.width;
        int left = (int) Math.round((seen.x - square.x) * scale);
        int top = (int) Math.round((seen.y - square.y) * scale);
        int width = Math.max(1, (int) Math.round((seen.getMaxX() - square.x) * scale) - left);
        int height = Math.max(1, (int) Math.round((seen.getMaxY() - square.y) * scale) - top);
        Graphics2D graphics = canvas.createGraphics();
        try {
            graphics.setComposite(AlphaComposite.Src);
            graphics.drawImage(decode(file, seen, width, height), left, top, null);
        } finally {
            graphics.dispose();
        }
        return canvas;
    }

    /** A part of the picture, by its place on the canvas, in a size that is not larger. */
    private static BufferedImage decode(ImageFile file, Rectangle part, int width, int height) throws IOException {
        Rectangle within = new Rectangle(part);
        within.translate(-file.picture().x, -file.picture().y);
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance();
        try (ImageInputStream input = new ByteArrayImageInputStream(file.clean())) {
            reader.setInput(input, true, true);
            ImageDecoder.checkSize(reader, file.picture().getSize());
            PARAM.setUseCropping(true);
            PARAM.setCropLeft(within.x);
            PARAM.setCropTop(within.y);
            PARAM.setCropWidth(within.width);
            PARAM.setCropHeight(within.height);
            PARAM.setUseScaling(width != within.width || height != within.height);
            PARAM.setScaledWidth(width);
            PARAM.setScaledHeight(height);
            return reader.read(0, PARAM);
        } finally {
            reader.dispose();
        }
    }
}
