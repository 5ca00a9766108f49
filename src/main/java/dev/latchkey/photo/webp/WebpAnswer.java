package dev.latchkey.photo.webp;

import dev.latchkey.photo.PhotoResult;
import dev.latchkey.photo.Refusal;
import java.awt.image.BufferedImage;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What a {@link WebpWorker} gives back: one byte, and after the first two of these a picture row by row. */
final class WebpAnswer {
    /** The file is not all there, makes no sense or needs too much memory. */
    static final int DAMAGED = 2;

    /** libwebp could not be loaded. */
    static final int UNUSABLE = 3;

    private static final int OPAQUE = 0;
    private static final int TRANSPARENT = 1;

    private WebpAnswer() {}

    static void write(int refusal, DataOutputStream out) throws IOException {
        out.writeByte(refusal);
        out.flush();
    }

    static void write(BufferedImage image, DataOutputStream out) throws IOException {
        out.writeByte(image.getColorModel().hasAlpha() ? TRANSPARENT : OPAQUE);
        ByteBuffer row = ByteBuffer.allocate(image.getWidth() * Integer.BYTES);
        int[] pixels = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            row.asIntBuffer().put(image.getRGB(0, y, pixels.length, 1, pixels, 0, pixels.length));
            out.write(row.array());
        }
        out.flush();
    }

    static BufferedImage read(DataInputStream in, int width, int height) throws IOException, Refusal {
        int type = switch (in.readUnsignedByte()) {
            case OPAQUE -> BufferedImage.TYPE_INT_RGB;
            case TRANSPARENT -> BufferedImage.TYPE_INT_ARGB;
            case DAMAGED -> throw new Refusal(PhotoResult.Reason.DAMAGED);
            case UNUSABLE -> throw new Refusal(PhotoResult.Reason.UNSUPPORTED);
            default -> throw new IOException("Not an answer");
        };
        BufferedImage image = new BufferedImage(width, height, type);
        ByteBuffer row = ByteBuffer.allocate(width * Integer.BYTES);
        int[] pixels = new int[width];
        for (int y = 0; y < height; y++) {
            in.readFully(row.array());
            row.asIntBuffer().get(pixels);
            image.setRGB(0, y, width, 1, pixels, 0, width);
        }
        return image;
    }
}
