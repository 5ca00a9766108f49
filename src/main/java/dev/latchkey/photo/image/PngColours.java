package dev.latchkey.photo.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a PNG says about its colours, in up to five ways of which the first counts: cICP, iCCP, sRGB, and gAMA with cHRM
 * (W3C PNG, third edition, section 4.3). What makes no sense is passed over.
 */
final class PngColours {
    private static final int CICP = 0x63494350;
    private static final int ICCP = 0x69434350;
    private static final int SRGB = 0x73524742;
    private static final int GAMA = 0x67414D41;
    private static final int CHRM = 0x6348524D;

    private static final double UNIT = 100_000;

    /** What 1/2.2 is written as. Encoders mean sRGB by it, so nearly the same is the same. */
    private static final double COMMON_GAMMA = 45_455;

    private static final double NEARLY = 0.05;
    private static final double LARGEST_EXPONENT = 10;

    private static final int LONGEST_NAME = 79;

    private final Map<Integer, ByteBuffer> chunks = new HashMap<>();

    /** Takes the data of any chunk. */
    void add(int type, ByteBuffer data) {
        chunks.putIfAbsent(type, data);
    }

    /** The profile, or null for sRGB. */
    @Nullable
    ColourProfile profile(boolean grey) {
        ByteBuffer coded = chunks.get(CICP);
        if (coded != null && coded.remaining() == 4) {
            Primaries primaries = Primaries.coded(coded.get(0));
            MatrixProfile.Curve curve = MatrixProfile.Curve.coded(coded.get(1));
            boolean fullRgb = coded.get(2) == 0 && coded.get(3) == 1;
            if (primaries != null && curve != null && fullRgb) {
                return common(primaries, curve);
            }
        }
        ByteBuffer packed = chunks.get(ICCP);
        ColourProfile embedded = packed == null ? null : ColourProfile.of(inflate(packed), grey ? 1 : 3);
        if (embedded != null) {
            return embedded;
        }
        return chunks.containsKey(SRGB) ? null : measured();
    }

    private @Nullable ColourProfile measured() {
        Primaries primaries = Primaries.SRGB;
        ByteBuffer points = chunks.get(CHRM);
        if (points != null && points.remaining() == 32) {
            double[] values = new double[8];
            for (int at = 0; at < values.length; at++) {
                values[at] = points.getInt(at * Integer.BYTES) / UNIT;
            }
            Primaries named = new Primaries(values);
            primaries = named.possible() ? named : primaries;
        }
        MatrixProfile.Curve curve = MatrixProfile.Curve.SRGB;
        ByteBuffer gamma = chunks.get(GAMA);
        if (gamma != null && gamma.remaining() == 4) {
            int value = gamma.getInt(0);
            boolean possible = value >= UNIT / LARGEST_EXPONENT && value <= UNIT * LARGEST_EXPONENT;
            if (possible && Math.abs(value / COMMON_GAMMA - 1) > NEARLY) {
                curve = MatrixProfile.Curve.power(UNIT / value);
            }
        }
        return common(primaries, curve);
    }

    private static @Nullable ColourProfile common(Primaries primaries, MatrixProfile.Curve curve) {
        boolean common = primaries.near(Primaries.SRGB) && curve.equals(MatrixProfile.Curve.SRGB);
        return common ? null : ColourProfile.of(MatrixProfile.of(primaries, curve), 3);
    }

    /** A name, a zero, the method and a zlib stream; nothing where that is not so or it inflates to too much. */
    private static byte[] inflate(ByteBuffer packed) {
        int name = 0;
        while (name < Math.min(packed.remaining(), LONGEST_NAME + 1) && packed.get(name) != 0) {
            name++;
        }
        if (name + 2 >= packed.remaining()) {
            return new byte[0];
        }
        byte[] data = new byte[packed.remaining() - name - 2];
        packed.get(name + 2, data);
        try (InputStream inflated = new InflaterInputStream(new ByteArrayInputStream(data))) {
            byte[] header = inflated.readNBytes(ColourProfile.HEADER_BYTES);
            if (header.length < ColourProfile.HEADER_BYTES) {
                return new byte[0];
            }
            ByteBuffer whole = ByteBuffer.allocate(
                    Math.clamp(ByteBuffer.wrap(header).getInt(0), header.length, ColourProfile.MOST_BYTES));
            whole.put(header).put(inflated.readNBytes(whole.remaining()));
            return Arrays.copyOf(whole.array(), whole.position());
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
