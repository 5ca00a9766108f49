package dev.latchkey.photo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Pictures that were drawn for these tests and encoded by the tools of each format's makers. */
public final class DrawnPictures {
    private DrawnPictures() {}

    /** Unpacked where its name ends in {@code .gz}. */
    public static byte[] read(String name) {
        try (InputStream in =
                Objects.requireNonNull(DrawnPictures.class.getResourceAsStream("/photos/" + name), name)) {
            return (name.endsWith(".gz") ? new GZIPInputStream(in) : in).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
