package dev.latchkey.photo;

import dev.latchkey.photo.image.MatrixProfile;
import dev.latchkey.photo.image.Primaries;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Colour profiles made for tests, and the places where each format keeps one. */
public final class Profiles {
    private static final int TO_LAB_BYTES = 48 + 4 * 256 + 16 * 3 + 3 * 256;
    private static final int FROM_LAB_BYTES = 48 + 3 * 256 + 8 * 4 + 4 * 256;

    private Profiles() {}

    /** A display whose primaries these are, with the curve of sRGB. */
    public static byte[] display(Primaries primaries) {
        return MatrixProfile.of(primaries, MatrixProfile.Curve.SRGB);
    }

    /** Red for green and green for red: nobody can overlook whether it was applied. */
    public static byte[] swapped() {
        return display(new Primaries(0.3127, 0.3290, 0.30, 0.60, 0.64, 0.33, 0.15, 0.06));
    }

    /** A press (ICC.1:2022, 10.11) whose cyan is red; every other mixture without black is paper. */
    public static byte[] pressWithRedForCyan() {
        int start = 128 + 4 + 2 * 12;
        ByteBuffer out = ByteBuffer.allocate(start + TO_LAB_BYTES + FROM_LAB_BYTES);
        out.putInt(out.capacity()).putInt(0).putInt(0x02400000).put(ascii("prtrCMYKLab "));
        out.position(36).put(ascii("acsp"));
        out.position(68).putInt(0xF6D6).putInt(0x10000).putInt(0xD32D);
        out.position(128).putInt(2);
        out.put(ascii("A2B0")).putInt(start).putInt(TO_LAB_BYTES);
        out.put(ascii("B2A0")).putInt(start + TO_LAB_BYTES).putInt(FROM_LAB_BYTES);
        putTableHead(out, 4, 3);
        for (int inks = 0; inks < 16; inks++) {
            boolean cyan = inks >> 3 == 1;
            boolean black = (inks & 1) == 1;
            int[] lab = black ? new int[] {0, 128, 128} : cyan ? new int[] {136, 208, 195} : new int[] {255, 128, 128};
            for (int value : lab) {
                out.put((byte) value);
            }
        }
        putRamps(out, 3);
        // The way back, which nobody goes here: no ink at all.
        putTableHead(out, 3, 4);
        out.put(new byte[8 * 4]);
        putRamps(out, 4);
        return out.array();
    }

    private static void putTableHead(ByteBuffer out, int from, int to) {
        out.put(ascii("mft1")).putInt(0).put(new byte[] {(byte) from, (byte) to, 2, 0});
        for (int cell = 0; cell < 9; cell++) {
            out.putInt(cell % 4 == 0 ? 0x10000 : 0);
        }
        putRamps(out, from);
    }

    private static void putRamps(ByteBuffer out, int tables) {
        for (int at = 0; at < tables * 256; at++) {
            out.put((byte) at);
        }
    }

    /** A JPEG with a profile, in parts of at most so many bytes. */
    public static byte[] inJpeg(byte[] jpeg, byte[] profile, int mostBytes) {
        int parts = Math.ceilDiv(profile.length, mostBytes);
        byte[] out = jpeg;
        for (int part = parts; part > 0; part--) {
            int from = (part - 1) * mostBytes;
            byte[] content = Arrays.copyOfRange(profile, from, Math.min(profile.length, from + mostBytes));
            byte[] head = Pictures.join(ascii("ICC_PROFILE\0"), new byte[] {(byte) part, (byte) parts});
            out = Pictures.withSegment(out, 0xE2, Pictures.join(head, content));
        }
        return out;
    }

    public static byte[] inPng(byte[] png, byte[] profile) {
        return Pictures.withChunk(png, "iCCP", Pictures.join(ascii("p\0\0"), Pictures.deflate(profile)));
    }

    /** A WebP of one chunk in the extended form (RFC 9649, 2.7). */
    public static byte[] inWebp(byte[] webp, byte[] profile, int width, int height) {
        ByteBuffer extended = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        extended.put((byte) 0x20).position(4).putInt(width - 1);
        extended.position(7).putShort((short) (height - 1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("WEBP"));
        out.writeBytes(chunk("VP8X", extended.array()));
        out.writeBytes(chunk("ICCP", profile));
        out.write(webp, 12, webp.length - 12);
        return chunk("RIFF", out.toByteArray());
    }

    private static byte[] chunk(String type, byte[] data) {
        ByteBuffer out =
                ByteBuffer.allocate(8 + data.length + (data.length & 1)).order(ByteOrder.LITTLE_ENDIAN);
        return out.put(ascii(type)).putInt(data.length).put(data).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
