package dev.latchkey.photo.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The colour profile of a JPEG, which is spread over several segments (ICC.1:2022, B.4). */
final class JpegProfile {
    private static final byte[] NAME = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = NAME.length + 2;
    private static final int CMYK = 4;

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

    /** The JPEG with a profile for its inks, if that works: four inks become three colours while they are decoded. */
    byte[] putInto(byte[] jpeg) {
        ColourProfile profile = read(CMYK);
        if (profile == null || !profile.works()) {
            return jpeg;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(jpeg.length);
        out.write(jpeg, 0, 2);
        for (byte[] part : parts) {
            int length = part.length + 2;
            out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE2, (byte) (length >> 8), (byte) length});
            out.writeBytes(part);
        }
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }
}
