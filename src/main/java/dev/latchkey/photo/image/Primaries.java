package dev.latchkey.photo.image;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * White, red, green and blue of a device.
 *
 * @param xy their CIE chromaticities in that order, x before y
 */
public record Primaries(double... xy) {
    static final Primaries SRGB = new Primaries(0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06);
    private static final Primaries REC_2020 = new Primaries(0.3127, 0.3290, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046);
    private static final Primaries DISPLAY_P3 = new Primaries(0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060);

    private static final double SMALL = 0.002;

    /** Those that a number of ITU-T H.273, table 2, stands for, or null for ones that no display has. */
    static @Nullable Primaries coded(int code) {
        return switch (code) {
            case 1 -> SRGB;
            case 9 -> REC_2020;
            case 12 -> DISPLAY_P3;
            default -> null;
        };
    }

    boolean near(Primaries other) {
        return IntStream.range(0, xy.length).allMatch(at -> Math.abs(xy[at] - other.xy[at]) <= SMALL);
    }

    /** Whether a white can be mixed of these colours, none of them taken away. */
    boolean possible() {
        for (int at = 0; at < xy.length; at += 2) {
            if (!(xy[at] >= 0 && xy[at] <= 1 && xy[at + 1] > SMALL && xy[at + 1] <= 1)) {
                return false;
            }
        }
        return DoubleStream.of(amounts()).allMatch(amount -> amount > 0);
    }

    /** How much of red, green and blue adds up to white. */
    double[] amounts() {
        return multiply(inverse(colours()), white());
    }

    /** Red, green and blue as XYZ, a column each, all as bright as white. */
    double[][] colours() {
        double[][] colours = new double[3][3];
        for (int colour = 0; colour < 3; colour++) {
            double[] xyz = xyz(2 * (colour + 1));
            for (int row = 0; row < 3; row++) {
                colours[row][colour] = xyz[row];
            }
        }
        return colours;
    }

    /** White as XYZ. */
    double[] white() {
        return xyz(0);
    }

    private double[] xyz(int at) {
        double x = xy[at];
        double y = xy[at + 1];
        return new double[] {x / y, 1, (1 - x - y) / y};
    }

    /** A matrix of three rows times a column. */
    static double[] multiply(double[][] matrix, double[] vector) {
        double[] product = new double[3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                product[row] += matrix[row][column] * vector[column];
            }
        }
        return product;
    }

    /** The inverse of three rows of three numbers; infinite or no numbers where there is none. */
    static double[][] inverse(double[][] of) {
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
}
