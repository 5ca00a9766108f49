package dev.latchkey.photo;

import static dev.latchkey.photo.ImageFile.require;

import dev.latchkey.photo.ImageFile.Format;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Walks the chunks of a PNG file (W3C PNG, third edition, section 5), up to its end chunk. */
final class PngFile {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int HEADER_BYTES = 13;

    /** Length, type and checksum around a chunk's data. */
    private static final int FRAME_BYTES = 12;

    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504C5445;
    private static final int TRNS = 0x74524E53;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;
    private static final int EXIF = 0x65584966;

    private final ByteBuffer file;
    private final ByteBuffer clean;
    private int orientation = ExifOrientation.UPRIGHT;

    PngFile(byte[] bytes) {
        file = ByteBuffer.wrap(bytes).position(SIGNATURE.length);
        clean = ByteBuffer.allocate(bytes.length).put(SIGNATURE);
    }

    static boolean recognises(byte[] bytes) {
        return bytes.length > SIGNATURE.length
                && Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    ImageFile inspect() throws Refusal {
        require(file.remaining() >= FRAME_BYTES + HEADER_BYTES);
        int start = file.position();
        require(file.getInt(start) == HEADER_BYTES && file.getInt(start + 4) == IHDR);
        int width = file.getInt(start + 8);
        int height = file.getInt(start + 12);
        ImageFile.checkSize(Integer.toUnsignedLong(width), Integer.toUnsignedLong(height));

        int type;
        do {
            type = readChunk();
        } while (type != IEND);
        return new ImageFile(
                Format.PNG, width, height, orientation, 0, false, Arrays.copyOf(clean.array(), clean.position()));
    }

    private int readChunk() throws Refusal {
        require(file.remaining() >= FRAME_BYTES);
        int start = file.position();
        int length = file.getInt(start);
        require(length >= 0 && length <= file.remaining() - FRAME_BYTES);
        int type = file.getInt(start + 4);
        switch (type) {
            case IHDR, PLTE, TRNS, IDAT, IEND -> {
                require(checksum(start + 4, length + 4) == file.getInt(start + 8 + length));
                clean.put(file.slice(start, length + FRAME_BYTES));
            }
            case EXIF -> orientation = ExifOrientation.of(file.slice(start + 8, length));
            default -> {}
        }
        file.position(start + length + FRAME_BYTES);
        return type;
    }

    private int checksum(int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(file.array(), from, length);
        return (int) crc.getValue();
    }
}
