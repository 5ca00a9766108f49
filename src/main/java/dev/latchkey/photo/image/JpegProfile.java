package dev.latchkey.photo.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The colour profile of a JPEG, which is spread over several segments (ICC.1:2022, B.4). */
final class JpegProfile {
    private static final byte[] NAME = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = NAME.length + 2;

    /** A segment has at most 65,535 bytes with its own length, so 255 of them hold any profile that is taken. */
    private static final int MOST_OF_A_PART = 65_533 - HEADER_BYTES;

    private final List<byte[]> parts = new ArrayList<>();

    /** Takes the content of an APP2 segment, which may be something else. */
    void add(byte[] content) {
        if (content.length > HEADER_BYTES && Arrays.equals(content, 0, NAME.length, NAME, 0, NAME.length)) {
            parts.add(content);
        }
    }

    /** The profile, if its parts are all there and in order and it fits a picture of so many components. */
    @Nullable
    ColourProfile read(int components) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int part = 0; part < parts.size(); part++) {
            byte[] content = parts.get(part);
            if (content[NAME.length] != part + 1 || content[NAME.length + 1] != parts.size()) {
                return null;
            }
            whole.write(content, HEADER_BYTES, content.length - HEADER_BYTES);
        }
        return ColourProfile.of(whole.toByteArray(), components);
    }

    /** The clean file with the profile of its inks, if that works: four inks become three colours while they are decoded. */
    static byte[] putInto(ImageFile jpeg) {
        ColourProfile profile = jpeg.profile();
        if (profile == null || !profile.ofInks() || !profile.works()) {
            return jpeg.clean();
        }
        ByteBuffer data = profile.data();
        int parts = Math.ceilDiv(data.remaining(), MOST_OF_A_PART);
        ByteArrayOutputStream out = new ByteArrayOutputStream(jpeg.clean().length);
        out.write(jpeg.clean(), 0, 2);
        for (int part = 1; part <= parts; part++) {
            byte[] content = new byte[Math.min(data.remaining(), MOST_OF_A_PART)];
            data.get(content);
            int length = HEADER_BYTES + content.length + 2;
            out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE2, (byte) (length >> 8), (byte) length});
            out.writeBytes(NAME);
            out.writeBytes(new byte[] {(byte) part, (byte) parts});
            out.writeBytes(content);
        }
        out.write(jpeg.clean(), 2, jpeg.clean().length - 2);
        return out.toByteArray();
    }
}
