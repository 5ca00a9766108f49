package dev.latchkey.photo.image;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.color.ProfileDataException;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferInt;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers of a picture mean as colours: an ICC profile (ICC.1:2022) that came with it.
 *
 * <p>A profile that makes no sense is as good as none, as browsers have it: the picture then is taken for sRGB. It is
 * applied to the few pixels that are left of a large picture, by the colour management of the JDK (LittleCMS).
 */
final class ColourProfile {
    /** The profiles of printing presses have about 2.5 MB, those of cameras and displays some KB. */
    static final int MOST_BYTES = 4 << 20;

    /** With which every profile begins. */
    static final int HEADER_BYTES = 128;

    /** Components of a picture for printing presses. */
    static final int INKS = 4;

    private static final int OPAQUE = 0xFF000000;

    private final byte[] data;
    private final int components;

    private ColourProfile(byte[] data, int components) {
        this.data = data;
        this.components = components;
    }

    /** The profile, if by its header it is one of a device whose colours have so many components, else null. */
    static @Nullable ColourProfile of(byte[] data, int components) {
        if (data.length <= HEADER_BYTES || data.length > MOST_BYTES) {
            return null;
        }
        int size = ByteBuffer.wrap(data).getInt(0);
        String kind = text(data, 12);
        String space = components == 1 ? "GRAY" : components == 3 ? "RGB " : "CMYK";
        boolean device = kind.equals("mntr") || kind.equals("scnr") || kind.equals("prtr") || kind.equals("spac");
        if (size <= HEADER_BYTES || size > data.length || !device) {
            return null;
        }
        return text(data, 16).equals(space) && text(data, 36).equals("acsp")
                ? new ColourProfile(data, components)
                : null;
    }

    /** Whether it means inks: such a picture has been turned into colours when it was decoded. */
    boolean ofInks() {
        return components == INKS;
    }

    ByteBuffer data() {
        return ByteBuffer.wrap(data).asReadOnlyBuffer();
    }

    /** Whether colours can be told by it. */
    boolean works() {
        try {
            WritableRaster one = Raster.createInterleavedRaster(0, 1, 1, components, null);
            toCommon().filter(one, Raster.createInterleavedRaster(0, 1, 1, 3, null));
            return true;
        } catch (IllegalArgumentException | CMMException | ProfileDataException e) {
            return false;
        }
    }

    /**
     * Changes the colours of an image to those of sRGB, in place; a profile that does not work changes nothing.
     *
     * @param image of {@link BufferedImage#TYPE_INT_ARGB}, with the numbers of the file
     */
    void apply(BufferedImage image) {
        if (!works()) {
            return;
        }
        int width = image.getWidth();
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        ColorConvertOp conversion = toCommon();
        WritableRaster from = Raster.createInterleavedRaster(0, width, 1, components, null);
        WritableRaster to = Raster.createInterleavedRaster(0, width, 1, 3, null);
        int[] samples = new int[width * components];
        int[] colours = new int[width * 3];
        for (int start = 0; start < pixels.length; start += width) {
            for (int x = 0; x < width; x++) {
                for (int component = 0; component < components; component++) {
                    samples[x * components + component] = (pixels[start + x] >> (16 - 8 * component)) & 0xFF;
                }
            }
            from.setPixels(0, 0, width, 1, samples);
            conversion.filter(from, to);
            to.getPixels(0, 0, width, 1, colours);
            for (int x = 0; x < width; x++) {
                pixels[start + x] = (pixels[start + x] & OPAQUE)
                        | colours[3 * x] << 16
                        | colours[3 * x + 1] << 8
                        | colours[3 * x + 2];
            }
        }
    }

    private ColorConvertOp toCommon() {
        ICC_Profile[] way = {ICC_Profile.getInstance(data), ICC_Profile.getInstance(ColorSpace.CS_sRGB)};
        return new ColorConvertOp(way, null);
    }

    private static String text(byte[] data, int at) {
        return new String(data, at, 4, StandardCharsets.ISO_8859_1);
    }
}
