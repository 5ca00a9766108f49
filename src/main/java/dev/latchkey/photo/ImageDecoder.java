package dev.latchkey.photo;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/** Decodes the centred square of a picture, and of a large one only every so many pixels. */
final class ImageDecoder {
    /**
     * Longest edge in memory. At least half as much again as the portrait's, so that averaging hides the skipped
     * pixels; at 16 bits and four channels it is 18 MiB.
     */
    private static final int LONGEST_EDGE = 3 * PhotoProcessor.EDGE;

    private ImageDecoder() {}

    /**
     * The square, not yet turned upright.
     *
     * @throws IOException and almost any unchecked exception, where the file is damaged
     */
    static BufferedImage square(ImageFile file) throws IOException {
        ImageReader reader = reader(file.format());
        try (ImageInputStream input = new ByteArrayImageInputStream(file.clean())) {
            reader.setInput(input, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width != file.width() || height != file.height()) {
                throw new IOException("The decoder sees another header than was checked");
            }
            int edge = Math.min(width, height);
            int step = Math.ceilDiv(edge, LONGEST_EDGE);
            Rectangle square = new Rectangle((width - edge) / 2, (height - edge) / 2, edge, edge);
            if (file.whole()) {
                return OffHeapDecoder.square(reader, square, step);
            }
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceRegion(square);
            param.setSourceSubsampling(step, step, 0, 0);
            return reader.read(0, param);
        } finally {
            reader.dispose();
        }
    }

    /** Named one by one: a reader that some library adds to the class path never gets to see an upload. */
    private static ImageReader reader(ImageFile.Format format) throws IOException {
        return switch (format) {
            case JPEG -> registered(JPEGImageReaderSpi.class).createReaderInstance();
            case WEBP -> registered(WebPImageReaderSpi.class).createReaderInstance();
            case PNG -> ImageIO.getImageReadersByFormatName("png").next();
        };
    }

    private static ImageReaderSpi registered(Class<? extends ImageReaderSpi> type) {
        return IIORegistry.getDefaultInstance().getServiceProviderByClass(type);
    }
}
