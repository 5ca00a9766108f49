package dev.latchkey.photo;

import java.io.IOException;
import java.io.OutputStream;

/** An upload, wherever it waits; read when its turn comes, perhaps more than once, so that crowds fill no memory. */
public interface PhotoSource {

    /** Size in bytes, as it was sent. */
    long size();

    /**
     * Writes all of its bytes, always the same. There are none to be had where it has more than
     * {@link PhotoProcessor#MOST_BYTES}.
     *
     * @throws IOException where they cannot be written; where they cannot be read, it is unchecked
     */
    void writeTo(OutputStream out) throws IOException;

    /** Bytes in memory. */
    static PhotoSource of(byte[] bytes) {
        return new PhotoSource() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }
}
