package dev.latchkey.photo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Pictures that were drawn for these tests and encoded by the tools of each format's makers. */
public final class DrawnPictures {
    private DrawnPictures() {}

    public static byte[] read(String name) {
        try (InputStream in = DrawnPictures.class.getResourceAsStream("/photos/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
