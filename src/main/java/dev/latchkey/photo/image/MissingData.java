package dev.latchkey.photo.image;

import java.io.IOException;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import org.jspecify.annotations.Nullable;

/**
 * Hears from the JPEG decoder that coded data ended, or turned into something else, before the picture was whole. It
 * paints grey then and only warns (jerror.h: JWRN_HIT_MARKER, JWRN_JPEG_EOF, JWRN_HUFF_BAD_CODE, and JWRN_MUST_RESYNC
 * where it met the end).
 */
final class MissingData implements IIOReadWarningListener {
    private static final List<String> SIGNS =
            List.of("premature end", "Premature end", "bad Huffman code", "0xd9 instead of RST");

    private @Nullable String first;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        if (first == null && SIGNS.stream().anyMatch(warning::contains)) {
            first = warning;
        }
    }

    /** Fails if something was missing. */
    void check() throws IOException {
        if (first != null) {
            throw new IOException(first);
        }
    }
}
