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
        double[][] columns = toD50(device);
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
        for (double[] column : columns) {
            putPoint(out, column);
        }
        put(out, "para");
        out.putInt(0).putShort((short) 3).putShort((short) 0);
        putFixed(out, curve.exponent(), curve.a(), curve.b(), curve.c(), curve.d());
        return out.array();
    }

    /** The device's red, green and blue, so bright that they add up to white, as seen by an eye that is used to D50. */
    private static double[][] toD50(Primaries device) {
        double[] white = xyz(device.whiteX(), device.whiteY());
        double[][] colours = {
            xyz(device.redX(), device.redY()),
            xyz(device.greenX(), device.greenY()),
            xyz(device.blueX(), device.blueY())
        };
        double[] amounts = multiply(inverse(transposed(colours)), white);
        double[] from = multiply(CONES, white);
        double[] to = multiply(CONES, D50);
        double[][] adapted = new double[3][];
        for (int colour = 0; colour < 3; colour++) {
            double[] cones = multiply(CONES, colours[colour]);
            for (int cone = 0; cone < 3; cone++) {
                cones[cone] *= amounts[colour] * to[cone] / from[cone];
            }
            adapted[colour] = multiply(inverse(CONES), cones);
        }
        return adapted;
    }

    private static double[] xyz(double x, double y) {
        return new double[] {x / y, 1, (1 - x - y) / y};
    }

    private static double[] multiply(double[][] matrix, double[] vector) {
        double[] product = new double[3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                product[row] += matrix[row][column] * vector[column];
            }
        }
        return product;
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] transposed = new double[3][3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                transposed[row][column] = matrix[column][row];
            }
        }
        return transposed;
    }

    private static double[][] inverse(double[][] of) {
        double[][] inverse = new double[3][3];
        double determinant = 0;
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                int down = (row + 1) % 3;
                int right = (column + 1) % 3;
                double cofactor = of[down][right] * of[(row + 2) % 3][(column + 2) % 3]
                        - of[down][(column + 2) % 3] * of[(row + 2) % 3][right];
                inverse[column][row] = cofactor;
                determinant += row == 0 ? of[0][column] * cofactor : 0;
            }
        }
        for (double[] row : inverse) {
            for (int column = 0; column < 3; column++) {
                row[column] /= determinant;
            }
        }
        return inverse;
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
