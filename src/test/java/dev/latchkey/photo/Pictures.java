package dev.latchkey.photo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Uploads made for tests: pictures of four quarters (red, green; blue, white), and files that only look like some. */
public final class Pictures {
    public static final byte[] WEBP_LOSSY =
            base64("UklGRmYAAABXRUJQVlA4IFoAAADQAwCdASogACAAAUAmJaACdMoRwN4B+Ff6zcwZoF3V/ZXO+xAVL"
                    + "kAA/vLrf/zW02qd/9LpVSquPwEL8vfnf3qafR3/E8+DtQggvGaTJv+1RzYjsUPMSvcLQAA=");
    public static final byte[] WEBP_LOSSLESS =
            base64("UklGRjgAAABXRUJQVlA4TCwAAAAvH8AHAB8gEEjeHzqN+RcQFPwf3fxHZA+AMNtokpOc5BHcP6L" + "/UaX6C7Btvw==");

    /** The lower half is transparent. */
    public static final byte[] WEBP_LOSSY_ALPHA =
            base64("UklGRoYAAABXRUJQVlA4WAoAAAAQAAAAHwAAHwAAQUxQSBMAAAABDzD/ERFCIJDsLz1AAhH9z"
                    + "3kcAFZQOCBMAAAAMAMAnQEqIAAgAAFAJiWgAqSdoYA/AD9gOMC7AfsABNyCNAD+8ut//mvfznoh//pbyVTAmIP4rOYt/jjEnp+jw8ZC"
                    + "/8A3eqEhEgAAAA==");

    /** The lower half is transparent. */
    static final byte[] WEBP_LOSSLESS_ALPHA =
            base64("UklGRjAAAABXRUJQVlA4TCQAAAAvH8AHEBcgEEjaH3qN+Y/5D2yBTNpmJmOyXvdH9H8C" + "quDX7gM=");

    /** The second frame is black. */
    static final byte[] WEBP_ANIMATED =
            base64("UklGRgYBAABXRUJQVlA4WAoAAAACAAAAHwAAHwAAQU5JTQYAAAAAAAAAAABBTk1GlAAAAAAAAAA"
                    + "AAB8AAB8AAGQAAAJWUDggfAAAAHABAJ0BKiAAIAABQCYloAAD3iiAAP7y63//+bA/9vP/BHoB///S4P/+lwf/9Lg/9Lg/iuv9/v+/3m9"
                    + "4bf/+pZv/+pZv/Us3/p+D/Afdp//3no/7z0f/7z0f956P/9o+/9o+//9o+/9mKf+1WAHjTTRi/07PwkPq6/iQAABBTk1GPgAAAAAAAA"
                    + "AAAB8AAB8AAGQAAABWUDggJgAAAFQCAJ0BKiAAIAAuTTabTYAABMS0gAEheWcSAAD+/Tct/7VhAAAA");

    /** With an EXIF orientation of 6. */
    static final byte[] WEBP_TURNED =
            base64("UklGRpoAAABXRUJQVlA4WAoAAAAIAAAAHwAAHwAAVlA4IFoAAADQAwCdASogACAAAUAmJaACdMoRw"
                    + "N4B+Ff6zcwZoF3V/ZXO+xAVLkAA/vLrf/zW02qd/9LpVSquPwEL8vfnf3qafR3/E8+DtQggvGaTJv+1RzYjsUPMSvcLQABFWElGGgA"
                    + "AAE1NACoAAAAIAAEBEgADAAAAAQAGAAAAAAAA");

    private Pictures() {}

    /** Four quarters of plain colour. */
    public static BufferedImage quarters(int width, int height) {
        return quarters(width, height, BufferedImage.TYPE_INT_RGB);
    }

    public static BufferedImage quarters(int width, int height, int type) {
        return paintQuarters(new BufferedImage(width, height, type));
    }

    static BufferedImage paintQuarters(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        Graphics2D graphics = image.createGraphics();
        Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
        for (int quarter = 0; quarter < colours.length; quarter++) {
            graphics.setColor(colours[quarter]);
            int left = quarter % 2 == 0 ? 0 : width / 2;
            int top = quarter < 2 ? 0 : height / 2;
            graphics.fillRect(left, top, width - left, height - top);
        }
        graphics.dispose();
        return image;
    }

    public static byte[] png(RenderedImage image) {
        return write("png", image, false);
    }

    public static byte[] interlacedPng(RenderedImage image) {
        return write("png", image, true);
    }

    public static byte[] jpeg(RenderedImage image) {
        return write("jpeg", image, false);
    }

    public static byte[] progressiveJpeg(RenderedImage image) {
        return write("jpeg", image, true);
    }

    static byte[] gif(RenderedImage image) {
        return write("gif", image, false);
    }

    static byte[] bmp(RenderedImage image) {
        return write("bmp", image, false);
    }

    /** A JPEG of four channels of one value each; with an Adobe segment, whose values are inverted by convention. */
    public static byte[] fourChannelJpeg(int edge, int transform, int... values) {
        WritableRaster raster = Raster.createInterleavedRaster(0, edge, edge, 4, null);
        for (int band = 0; band < values.length; band++) {
            int[] samples = new int[edge * edge];
            Arrays.fill(samples, values[band]);
            raster.setSamples(0, 0, edge, edge, band, samples);
        }
        byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
        return withSegment(write("jpeg", new IIOImage(raster, null, null), false), 0xEE, adobe);
    }

    /** Puts a marker segment right after the start of a JPEG. */
    static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + content.length + 4);
        out.put(jpeg, 0, 2).put((byte) 0xFF).put((byte) marker).putShort((short) (content.length + 2));
        return out.put(content).put(jpeg, 2, jpeg.length - 2).array();
    }

    /** A JPEG as a camera writes it: which way is up, and where it was taken. */
    static byte[] withExif(byte[] jpeg, int orientation) {
        return withSegment(jpeg, 0xE1, join("Exif\0\0".getBytes(StandardCharsets.US_ASCII), exif(orientation)));
    }

    /** A big-endian TIFF block with an orientation, and a GPS directory that names its latitude reference. */
    static byte[] exif(int orientation) {
        ByteBuffer tiff = ByteBuffer.allocate(80);
        tiff.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
        tiff.putShort((short) 2);
        tiff.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        tiff.putShort((short) 0x8825).putShort((short) 4).putInt(1).putInt(38);
        tiff.putInt(0);
        tiff.putShort((short) 1);
        tiff.putShort((short) 1)
                .putShort((short) 2)
                .putInt(10)
                .putInt(60)
                .putInt(0)
                .position(60);
        return tiff.put("GPS-SECRET".getBytes(StandardCharsets.US_ASCII)).array();
    }

    /** Puts a chunk right after the header of a PNG. */
    public static byte[] withChunk(byte[] png, String type, byte[] content) {
        int header = 8 + 25;
        return join(Arrays.copyOf(png, header), chunk(type, content), Arrays.copyOfRange(png, header, png.length));
    }

    /** A PNG that is nothing but a header, for the size it declares, and the given picture data. */
    public static byte[] pngOf(int width, int height, int depth, int colourType, byte[] data) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) depth)
                .put((byte) colourType)
                .array();
        byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
        return join(signature, chunk("IHDR", header), chunk("IDAT", deflate(data)), chunk("IEND", new byte[0]));
    }

    public static byte[] deflate(byte[] data) {
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(data);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    static byte[] chunk(String type, byte[] content) {
        ByteBuffer out = ByteBuffer.allocate(content.length + 12);
        out.putInt(content.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
        CRC32 crc = new CRC32();
        crc.update(out.array(), 4, content.length + 4);
        return out.putInt((int) crc.getValue()).array();
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** The codes of all markers of a JPEG, in their order. */
    static List<Integer> markers(byte[] jpeg) {
        List<Integer> markers = new ArrayList<>();
        for (int at = 0; at + 1 < jpeg.length; at++) {
            int code = jpeg[at + 1] & 0xFF;
            if (jpeg[at] == -1 && code != 0 && code != 0xFF) {
                markers.add(code);
                if (code != 0xD8 && code != 0xD9) {
                    at += ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF)) + 1;
                }
            }
        }
        return markers;
    }

    /** What a browser would show. */
    public static BufferedImage read(byte[] image) {
        try {
            return ImageIO.read(new ByteArrayInputStream(image));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] write(String format, RenderedImage image, boolean progressive) {
        return write(format, new IIOImage(image, null, null), progressive);
    }

    private static byte[] write(String format, IIOImage image, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (progressive) {
                param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.write(null, image, param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }
}
