package dev.latchkey.photo.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes the ICC profile of a device that is known by its primaries and its curve (ICC.1:2022, 8.3 and 10.18). */
public final class MatrixProfile {
    private static final double[] D50 = {0.9642, 1, 0.8249};

    /** From XYZ to the responses of the eye's cones (Bradford; ICC.1:2022, annex E). */
    private static final double[][] CONES = {
        {0.8951, 0.2664, -0.1614},
        {-0.7502, 1.7135, 0.0367},
        {0.0389, -0.0685, 1.0296}
    };

    private static final int TAG_BYTES = 12;
    private static final int XYZ_BYTES = 20;
    private static final int CURVE_BYTES = 12 + 5 * Integer.BYTES;
    private static final String[] TAGS = {"wtpt", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"};
    private static final int POINTS = 4;

    private MatrixProfile() {}

    /**
     * From a number of 0 to 1 to an amount of light: {@code ((a x + b) ^ exponent)}, and {@code c x} below {@code d}.
     */
    public record Curve(double exponent, double a, double b, double c, double d) {
        public static final Curve SRGB = new Curve(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);

        static Curve power(double exponent) {
            return new Curve(exponent, 1, 0, 0, 0);
        }

        /** The curve that a number of ITU-T H.273, table 3, stands for, or null for those of more than a display shows. */
        static @Nullable Curve coded(int code) {
            return switch (code) {
                // Pictures that name a camera's curve were made to be seen on a display of sRGB.
                case 1, 6, 13, 14, 15 -> SRGB;
                case 4 -> power(2.2);
                case 5 -> power(2.8);
                case 8 -> power(1);
                default -> null;
            };
        }
    }

    public static byte[] of(Primaries device, Curve curve) {
        int start = ColourProfile.HEADER_BYTES + Integer.BYTES + TAGS.length * TAG_BYTES;
        int size = start + POINTS * XYZ_BYTES + CURVE_BYTES;
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putInt(size).putInt(0).putInt(0x04400000);
        put(out, "mntrRGB XYZ ");
        put(out.position(36), "acsp");
        out.position(68);
        putFixed(out, D50);
        out.position(ColourProfile.HEADER_BYTES).putInt(TAGS.length);
        for (int tag = 0; tag < TAGS.length; tag++) {
            put(out, TAGS[tag]);
            out.putInt(start + Math.min(tag, POINTS) * XYZ_BYTES).putInt(tag < POINTS ? XYZ_BYTES : CURVE_BYTES);
        }
        putPoint(out, D50);
        double[] amounts = device.amounts();
        for (int colour = 0; colour < 3; colour++) {
            double[] light = new double[3];
            light[colour] = amounts[colour];
            putPoint(out, toD50(Primaries.multiply(device.colours(), light), device.white()));
        }
        put(out, "para");
        out.putInt(0).putShort((short) 3).putShort((short) 0);
        putFixed(out, curve.exponent(), curve.a(), curve.b(), curve.c(), curve.d());
        return out.array();
    }

    /** What an eye that is used to D50 sees, where one that is used to another white sees this. */
    private static double[] toD50(double[] xyz, double[] white) {
        double[] cones = Primaries.multiply(CONES, xyz);
        double[] from = Primaries.multiply(CONES, white);
        double[] to = Primaries.multiply(CONES, D50);
        for (int cone = 0; cone < 3; cone++) {
            cones[cone] *= to[cone] / from[cone];
        }
        return Primaries.multiply(Primaries.inverse(CONES), cones);
    }

    private static void putPoint(ByteBuffer out, double[] xyz) {
        put(out, "XYZ ");
        out.putInt(0);
        putFixed(out, xyz);
    }

    private static void putFixed(ByteBuffer out, double... values) {
        for (double value : values) {
            out.putInt((int) Math.round(value * 65536));
        }
    }

    private static void put(ByteBuffer out, String text) {
        out.put(text.getBytes(StandardCharsets.US_ASCII));
    }
}
