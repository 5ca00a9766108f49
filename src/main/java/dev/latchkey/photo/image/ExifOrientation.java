package dev.latchkey.photo.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The one fact of an EXIF block that changes the picture: which way is up (EXIF 2.32, tag 274). */
final class ExifOrientation {
    /** What stands before the block in JPEG files, and by mistake in some WebP files. */
    static final String PREFIX = "Exif\0\0";

    static final int UPRIGHT = 1;

    private static final int TAG = 274;
    private static final int ENTRY_BYTES = 12;

    private ExifOrientation() {}

    /** Reads the orientation, 1 to 8; a block that makes no sense leaves the picture as it is. */
    static int of(ByteBuffer exif) {
        try {
            ByteBuffer tiff = exif.slice();
            if (tiff.get(0) == 'E') {
                tiff = tiff.position(PREFIX.length()).slice();
            }
            tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int directory = tiff.getInt(4);
            int entries = Short.toUnsignedInt(tiff.getShort(directory));
            for (int entry = 0; entry < entries; entry++) {
                int at = directory + 2 + entry * ENTRY_BYTES;
                if (Short.toUnsignedInt(tiff.getShort(at)) == TAG) {
                    int value = tiff.getShort(at + 8);
                    return value >= 1 && value <= 8 ? value : UPRIGHT;
                }
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            // Cut short, or pointing outside itself.
        }
        return UPRIGHT;
    }
}
