package dev.latchkey.photo.image;

import static dev.latchkey.photo.image.Refusal.require;

import dev.latchkey.photo.PhotoResult;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.Stream;

/**
 * Which scans of a JPEG came and which are still missing (ITU T.81, B.2.3 and G.1).
 *
 * <p>A sequential picture is complete when each of its components was in a scan, a progressive one when the last bit of
 * each coefficient was.
 */
final class JpegScans {
    private static final int COEFFICIENTS = 64;

    private final boolean progressive;
    private final byte[] ids;
    private final BitSet begun = new BitSet();

    /** Of each component the coefficients that came to the last bit. */
    private final BitSet[] done;

    private int count;

    /** @param frame the frame header from its number of components on */
    JpegScans(boolean progressive, byte[] frame) throws Refusal {
        int components = frame[0];
        require((components == 1 || components == 3 || components == 4) && frame.length >= 1 + 3 * components);
        this.progressive = progressive;
        ids = new byte[components];
        for (int component = 0; component < components; component++) {
            ids[component] = frame[1 + 3 * component];
        }
        done = Stream.generate(BitSet::new).limit(components).toArray(BitSet[]::new);
    }

    int components() {
        return ids.length;
    }

    int count() {
        return count;
    }

    /** @param header of a scan, from its number of components on */
    void add(byte[] header) throws Refusal {
        require(header.length > 0);
        int components = header[0];
        require(components >= 1 && components <= ids.length && header.length >= 4 + 2 * components);
        int from = 0;
        int to = COEFFICIENTS - 1;
        boolean last = true;
        if (progressive) {
            // Sequential scans bear these, too, where some encoders write nonsense that no decoder looks at.
            int at = 1 + 2 * components;
            from = header[at];
            to = header[at + 1];
            last = (header[at + 2] & 0xF) == 0;
            require(from >= 0 && from <= to && to < COEFFICIENTS);
        }
        for (int component = 0; component < components; component++) {
            int index = indexOf(header[1 + 2 * component]);
            begun.set(index);
            if (last) {
                done[index].set(from, to + 1);
            }
        }
        count++;
    }

    /** Whether nothing can follow. */
    boolean complete() {
        return Arrays.stream(done).allMatch(coefficients -> coefficients.cardinality() == COEFFICIENTS);
    }

    /** Whether the picture may end here if an end marker says so: encoders may leave details out, but no component. */
    boolean endable() {
        return begun.cardinality() == ids.length;
    }

    private int indexOf(byte id) throws Refusal {
        for (int index = 0; index < ids.length; index++) {
            if (ids[index] == id) {
                return index;
            }
        }
        throw new Refusal(PhotoResult.Reason.DAMAGED);
    }
}
