package dev.latchkey.photo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads and rewrites tags of the first directory in a camera's own EXIF block, in place. */
final class CameraExif {
    private static final int MAKE = 271;
    private static final int ORIENTATION = 274;
    private static final int ENTRY_BYTES = 12;

    private final ByteBuffer tiff;

    private CameraExif(byte[] jpeg) {
        String text = new String(jpeg, StandardCharsets.ISO_8859_1);
        int start = text.indexOf("Exif\0\0") + 6;
        ByteBuffer block = ByteBuffer.wrap(jpeg, start, jpeg.length - start).slice();
        tiff = block.order(block.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }

    static int orientation(byte[] jpeg) {
        CameraExif exif = new CameraExif(jpeg);
        return exif.tiff.getShort(exif.entry(ORIENTATION) + 8);
    }

    /** A copy that says that the camera was held otherwise; nothing else is changed. */
    static byte[] withOrientation(byte[] jpeg, int orientation) {
        byte[] copy = jpeg.clone();
        CameraExif exif = new CameraExif(copy);
        exif.tiff.putShort(exif.entry(ORIENTATION) + 8, (short) orientation);
        return copy;
    }

    /** Who made the camera. */
    static String make(byte[] jpeg) {
        CameraExif exif = new CameraExif(jpeg);
        int entry = exif.entry(MAKE);
        byte[] text = new byte[exif.tiff.getInt(entry + 4) - 1];
        exif.tiff.get(exif.tiff.getInt(entry + 8), text);
        return new String(text, StandardCharsets.US_ASCII).strip();
    }

    private int entry(int tag) {
        int directory = tiff.getInt(4);
        int entry = directory + 2;
        while (Short.toUnsignedInt(tiff.getShort(entry)) != tag) {
            entry += ENTRY_BYTES;
            if (entry >= directory + 2 + tiff.getShort(directory) * ENTRY_BYTES) {
                throw new IllegalArgumentException("No tag " + tag);
            }
        }
        return entry;
    }
}
