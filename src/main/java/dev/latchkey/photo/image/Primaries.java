package dev.latchkey.photo.image;

import org.jspecify.annotations.Nullable;

/** Red, green, blue and white of a device as CIE xy chromaticities. */
public record Primaries(
        double redX,
        double redY,
        double greenX,
        double greenY,
        double blueX,
        double blueY,
        double whiteX,
        double whiteY) {
    static final Primaries SRGB = new Primaries(0.64, 0.33, 0.30, 0.60, 0.15, 0.06, 0.3127, 0.3290);
    private static final Primaries REC_2020 = new Primaries(0.708, 0.292, 0.170, 0.797, 0.131, 0.046, 0.3127, 0.3290);
    private static final Primaries DISPLAY_P3 = new Primaries(0.680, 0.320, 0.265, 0.690, 0.150, 0.060, 0.3127, 0.3290);

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
        double[] mine = values();
        double[] theirs = other.values();
        for (int at = 0; at < mine.length; at++) {
            if (Math.abs(mine[at] - theirs[at]) > SMALL) {
                return false;
            }
        }
        return true;
    }

    /** Whether a white can be mixed of these colours, none of them taken away. */
    boolean possible() {
        for (double value : values()) {
            if (value < 0 || value > 1) {
                return false;
            }
        }
        return redY > SMALL
                && greenY > SMALL
                && blueY > SMALL
                && whiteY > SMALL
                && side(redX, redY, greenX, greenY) * side(greenX, greenY, blueX, blueY) > 0
                && side(greenX, greenY, blueX, blueY) * side(blueX, blueY, redX, redY) > 0;
    }

    /** On which side of the line between two of the colours white lies. */
    private double side(double fromX, double fromY, double toX, double toY) {
        return (toX - fromX) * (whiteY - fromY) - (toY - fromY) * (whiteX - fromX);
    }

    private double[] values() {
        return new double[] {redX, redY, greenX, greenY, blueX, blueY, whiteX, whiteY};
    }
}
