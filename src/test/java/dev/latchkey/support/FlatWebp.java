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
        byte[] chunk = new FlatWebp().chunk(edge, red, green, blue);
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

    private void put(int value, int bits) {
        for (int bit = 0; bit < bits; bit++) {
            current |= (bit < Integer.SIZE ? value >> bit & 1 : 0) << used++;
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
