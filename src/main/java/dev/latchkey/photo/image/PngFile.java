package dev.latchkey.photo.image;

import static dev.latchkey.photo.image.Refusal.require;

import dev.latchkey.photo.image.ImageFile.Format;
import java.awt.Rectangle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Walks the chunks of a PNG file (W3C PNG, third edition, section 5), up to its end chunk or to where it was cut after
 * the picture began; whether all pixels are there is for the decoder to find out.
 */
public final class PngFile {
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

    /** Set in the colour types that are not greyscale. */
    private static final int COLOUR = 2;

    private final ByteBuffer file;
    private final ByteBuffer clean;
    private final PngColours colours = new PngColours();
    private int orientation = ExifOrientation.UPRIGHT;
    private boolean begun;

    PngFile(byte[] bytes) {
        file = ByteBuffer.wrap(bytes).position(SIGNATURE.length);
        // With room for the rest of a chunk that was cut, and for an end.
        clean = ByteBuffer.allocate(bytes.length + 2 * FRAME_BYTES).put(SIGNATURE);
    }

    public static boolean recognises(byte[] bytes) {
        return bytes.length > SIGNATURE.length
                && Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    ImageFile inspect() throws Refusal {
        require(file.remaining() >= FRAME_BYTES + HEADER_BYTES);
        int start = file.position();
        require(file.getInt(start) == HEADER_BYTES && file.getInt(start + 4) == IHDR);
        int width = file.getInt(start + 8);
        int height = file.getInt(start + 12);
        boolean grey = (file.get(start + 17) & COLOUR) == 0;
        ImageFile.checkSize(Integer.toUnsignedLong(width), Integer.toUnsignedLong(height));
        int type;
        do {
            type = readChunk();
        } while (type != IEND);
        require(begun);
        put(IEND, file.slice(0, 0));
        return new ImageFile(
                Format.PNG,
                width,
                height,
                new Rectangle(width, height),
                orientation,
                0,
                colours.profile(grey),
                Arrays.copyOf(clean.array(), clean.position()));
    }

    /** Reads a chunk and returns its type, or that of the end chunk where the file was cut. */
    private int readChunk() throws Refusal {
        int start = file.position();
        if (file.remaining() < FRAME_BYTES) {
            require(begun);
            return IEND;
        }
        int length = file.getInt(start);
        int type = file.getInt(start + 4);
        if (length < 0 || length > file.remaining() - FRAME_BYTES) {
            begun |= type == IDAT;
            require(begun);
            if (type == IDAT) {
                int rest = file.remaining() - FRAME_BYTES + Integer.BYTES;
                put(type, file.slice(start + 8, length < 0 ? rest : Math.min(length, rest)));
            }
            return IEND;
        }
        ByteBuffer data = file.slice(start + 8, length);
        boolean sound = checksum(file, start + 4, length + 4) == file.getInt(start + 8 + length);
        switch (type) {
            case IHDR, PLTE, TRNS, IDAT -> {
                require(sound);
                begun |= type == IDAT;
                put(type, data);
            }
            case EXIF -> orientation = ExifOrientation.of(data);
            default -> {
                if (sound && !begun) {
                    colours.add(type, data);
                }
            }
        }
        file.position(start + length + FRAME_BYTES);
        return type;
    }

    private void put(int type, ByteBuffer data) {
        int start = clean.position();
        clean.putInt(data.remaining()).putInt(type).put(data);
        clean.putInt(checksum(clean, start + 4, clean.position() - start - 4));
    }

    private static int checksum(ByteBuffer buffer, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(buffer.slice(from, length));
        return (int) crc.getValue();
    }
}
