package dev.latchkey.photo.image;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.image.ImageFile.Format;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.stream.ImageInputStream;

/** Decodes the centred square of a picture, and of a large one only every so many pixels. */
final class ImageDecoder {
    /**
     * Longest edge in memory. At least half as much again as the portrait's, so that averaging hides the skipped
     * pixels; at 16 bits and four channels it is 18 MiB.
     */
    static final int LONGEST_EDGE = 3 * PhotoProcessor.EDGE;

    /**
     * What the JPEG decoder says when coded data ended, or turned into something else, before the picture was whole: it
     * paints grey then and only warns (jerror.h: JWRN_HIT_MARKER, JWRN_JPEG_EOF, JWRN_HUFF_BAD_CODE, and JWRN_MUST_RESYNC
     * where it met the end).
     */
    private static final List<String> MISSING_DATA =
            List.of("premature end", "Premature end", "bad Huffman code", "0xd9 instead of RST");

    private ImageDecoder() {}

    /**
     * The square, not yet turned upright, with the numbers of the file for colours.
     *
     * @throws IOException and almost any unchecked exception, where the file is damaged or not all there
     * @throws LinkageError where its format cannot be decoded on this machine
     */
    static BufferedImage square(ImageFile file) throws IOException {
        return switch (file.format()) {
            case WEBP -> WebpDecoder.square(file);
            case JPEG -> square(Format.JPEG, JpegProfile.putInto(file), sizeOf(file));
            case PNG -> square(Format.PNG, file.clean(), sizeOf(file));
        };
    }

    static Dimension sizeOf(ImageFile file) {
        return new Dimension(file.width(), file.height());
    }

    /** In the middle. */
    static Rectangle squareOf(Dimension size) {
        int edge = Math.min(size.width, size.height);
        return new Rectangle((size.width - edge) / 2, (size.height - edge) / 2, edge, edge);
    }

    /** One of so many pixels is decoded, and as many of the rows. */
    private static int stepOf(Rectangle square) {
        return Math.ceilDiv(square.width, LONGEST_EDGE);
    }

    private static BufferedImage square(Format format, byte[] clean, Dimension size) throws IOException {
        ImageReader reader = reader(format);
        try (ImageInputStream input = new ByteArrayImageInputStream(clean)) {
            List<String> warnings = new ArrayList<>();
            reader.addIIOReadWarningListener((source, warning) -> {
                if (warnings.isEmpty() && MISSING_DATA.stream().anyMatch(warning::contains)) {
                    warnings.add(warning);
                }
            });
            reader.setInput(input, true, true);
            checkSize(reader, size);
            Rectangle part = squareOf(size);
            BufferedImage square = read(reader, part, stepOf(part));
            if (format == Format.JPEG && size.height > size.width) {
                // The decoder stopped below the square: what is further down must be there, too.
                read(reader, new Rectangle(0, size.height - 1, 1, 1), 1);
            }
            if (!warnings.isEmpty()) {
                throw new IOException(warnings.getFirst());
            }
            return square;
        } finally {
            reader.dispose();
        }
    }

    static void checkSize(ImageReader reader, Dimension size) throws IOException {
        if (reader.getWidth(0) != size.width || reader.getHeight(0) != size.height) {
            throw new IOException("The decoder sees another header than was checked");
        }
    }

    private static BufferedImage read(ImageReader reader, Rectangle region, int step) throws IOException {
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceRegion(region);
        param.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, param);
    }

    /** Named one by one: a reader that some library adds to the class path never gets to see an upload. */
    private static ImageReader reader(Format format) throws IOException {
        return format == Format.JPEG
                ? IIORegistry.getDefaultInstance()
                        .getServiceProviderByClass(JPEGImageReaderSpi.class)
                        .createReaderInstance()
                : ImageIO.getImageReadersByFormatName("png").next();
    }
}
