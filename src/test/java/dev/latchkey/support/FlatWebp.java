package dev.latchkey.support;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A lossless WebP of one colour (RFC 9649): a hundred bytes, however many pixels, as each channel has one symbol. */
public final class FlatWebp {
    private static final int OPAQUE = 255;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int current;
    private int used;

    private FlatWebp() {}

    /** A square picture. */
    public static byte[] of(int edge, int red, int green, int blue) {
        return file(new FlatWebp().chunk(edge, red, green, blue));
    }

    /** A square of nothing in which each tile of four pixels has prefix codes of its own: 65,536 groups of them in 1,024. */
    public static byte[] ofManyCodes(int edge) {
        return file(new FlatWebp().chunkOfManyCodes(edge));
    }

    private static byte[] file(byte[] chunk) {
        ByteBuffer file = ByteBuffer.allocate(20 + chunk.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(file.capacity() - 8).put(ascii("WEBP"));
        return file.put(ascii("VP8L")).putInt(chunk.length).put(chunk).array();
    }

    private byte[] chunk(int edge, int red, int green, int blue) {
        put(0x2F, 8);
        put(edge - 1, 14);
        put(edge - 1, 14);
        // No alpha, version 0; no transform, no colour cache, no other codes for other parts.
        put(0, 1 + 3);
        put(0, 1 + 1 + 1);
        for (int symbol : new int[] {green, red, blue, OPAQUE, 0}) {
            // A simple code of one symbol with eight bits: it takes no bits at all.
            put(0b101, 3);
            put(symbol, 8);
        }
        put(0, 512);
        return bytes.toByteArray();
    }

    private byte[] chunkOfManyCodes(int edge) {
        int groups = edge / 4 * (edge / 4);
        put(0x2F, 8);
        put(edge - 1, 14);
        put(edge - 1, 14);
        put(0, 1 + 3);
        // No transform, no colour cache; other codes for other parts of four pixels, by a picture without cache.
        put(0, 1 + 1);
        put(1, 1 + 3);
        put(0, 1);
        putCodeOfEightBits();
        putCodeOfEightBits();
        putCodesOfNoBits(3);
        for (int group = 0; group < groups; group++) {
            // Codes are written from their highest bit on.
            put(Integer.reverse(group & 0xFF) >>> 24, 8);
            put(Integer.reverse(group >> 8) >>> 24, 8);
        }
        putCodesOfNoBits(5 * groups);
        put(0, 512);
        return bytes.toByteArray();
    }

    /** A code in which each of the first 256 symbols has eight bits. */
    private void putCodeOfEightBits() {
        // The lengths 0 and 8 come twelfth at the latest, and have one bit each.
        put(0, 1);
        put(12 - 4, 4);
        for (int length : new int[] {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8}) {
            put(length == 0 || length == 8 ? 1 : 0, 3);
        }
        put(1, 1);
        put(3, 3);
        put(256 - 2, 8);
        put(-1, 256);
    }

    /** Codes of one symbol, zero. */
    private void putCodesOfNoBits(int codes) {
        for (int code = 0; code < codes; code++) {
            put(0b0001, 4);
        }
    }

    private void put(int value, int bits) {
        for (int bit = 0; bit < bits; bit++) {
            current |= (value >> Math.min(bit, Integer.SIZE - 1) & 1) << used++;
            if (used == Byte.SIZE) {
                bytes.write(current);
                current = 0;
                used = 0;
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
