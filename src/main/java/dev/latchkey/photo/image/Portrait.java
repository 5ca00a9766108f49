package dev.latchkey.photo.image;

import dev.latchkey.photo.PhotoProcessor;
import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import net.coobird.thumbnailator.resizers.Resizers;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** The steps from a file that was looked at to the bytes that are kept. */
final class Portrait {
    private static final float QUALITY = 0.88f;

    private static final int OPAQUE = 255;

    private Portrait() {}

    /**
     * Decodes the square, flattens, shrinks, turns and encodes it; the same file always gives the same bytes.
     *
     * @throws IOException and almost any unchecked exception, where the file is damaged or not all there
     * @throws LinkageError where its format cannot be decoded on this machine
     */
    static byte[] of(ImageFile file) throws IOException {
        BufferedImage flat = flat(ImageDecoder.square(file), file.profile());
        int target = Math.min(Math.min(file.width(), file.height()), PhotoProcessor.EDGE);
        if (flat.getWidth() != target) {
            BufferedImage small = new BufferedImage(target, target, BufferedImage.TYPE_INT_RGB);
            Resizers.PROGRESSIVE.resize(flat, small);
            flat = small;
        }
        return progressiveJpeg(ExifFilterUtils.getFilterForOrientation(Orientation.typeOf(file.orientation()))
                .apply(flat));
    }

    /** The square in colours of sRGB, on white. */
    private static BufferedImage flat(BufferedImage square, @Nullable ColourProfile profile) {
        if (profile == null || profile.ofInks()) {
            return copy(square, BufferedImage.TYPE_INT_RGB);
        }
        BufferedImage colours = copy(square, BufferedImage.TYPE_INT_ARGB);
        profile.apply(colours);
        return copy(colours, BufferedImage.TYPE_INT_RGB);
    }

    /** A copy with the same numbers, on white where the new type knows no transparency. */
    private static BufferedImage copy(BufferedImage image, int type) {
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), type);
        if (image.getType() == BufferedImage.TYPE_CUSTOM || image.getType() == BufferedImage.TYPE_USHORT_GRAY) {
            copySamples(image, copy);
            return copy;
        }
        Graphics2D graphics = copy.createGraphics();
        try {
            graphics.setComposite(copy.getColorModel().hasAlpha() ? AlphaComposite.Src : AlphaComposite.SrcOver);
            graphics.drawImage(image, 0, 0, copy.getColorModel().hasAlpha() ? null : Color.WHITE, null);
        } finally {
            graphics.dispose();
        }
        return copy;
    }

    /**
     * Takes 16-bit samples and grey with transparency as they are. Drawing them would go through Java's grey colour
     * space, which is linear, and turn a middle grey into a light one.
     */
    private static void copySamples(BufferedImage from, BufferedImage to) {
        ColorModel model = from.getColorModel();
        boolean flat = !to.getColorModel().hasAlpha();
        Raster raster = from.getRaster();
        int bands = raster.getNumBands();
        int colours = model.getNumColorComponents();
        int shift = model.getComponentSize(0) - Byte.SIZE;
        int green = colours == 1 ? 0 : 1;
        int blue = colours == 1 ? 0 : 2;
        int width = from.getWidth();
        int[] samples = new int[width * bands];
        int[] row = new int[width];
        for (int y = 0; y < from.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, samples);
            for (int x = 0; x < width; x++) {
                int at = x * bands;
                int alpha = model.hasAlpha() ? samples[at + colours] >> shift : OPAQUE;
                int over = flat ? alpha : OPAQUE;
                row[x] = alpha << 24
                        | overWhite(samples[at] >> shift, over) << 16
                        | overWhite(samples[at + green] >> shift, over) << 8
                        | overWhite(samples[at + blue] >> shift, over);
            }
            to.setRGB(0, y, width, 1, row, 0, width);
        }
    }

    private static int overWhite(int sample, int alpha) {
        return (sample * alpha + OPAQUE * (OPAQUE - alpha) + OPAQUE / 2) / OPAQUE;
    }

    private static byte[] progressiveJpeg(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, fullColour(writer, image, param)), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Has colours kept at every pixel instead of every fourth, which a small picture with sharp edges cannot spare. */
    private static IIOMetadata fullColour(ImageWriter writer, BufferedImage image, ImageWriteParam param)
            throws IIOInvalidTreeException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), param);
        IIOMetadataNode tree = (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
        Element brightness =
                (Element) tree.getElementsByTagName("componentSpec").item(0);
        brightness.setAttribute("HsamplingFactor", "1");
        brightness.setAttribute("VsamplingFactor", "1");
        metadata.setFromTree(metadata.getNativeMetadataFormatName(), tree);
        return metadata;
    }
}
