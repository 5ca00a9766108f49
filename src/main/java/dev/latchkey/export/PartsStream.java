package dev.latchkey.export;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Objects;

/**
 * Bytes that are made when somebody reads them, a part at a time. Whoever reads slowly, or no more, holds on to one part
 * and to nothing else: no transaction, no connection, no thread.
 */
final class PartsStream extends InputStream {
    private final Iterator<byte[]> parts;
    private byte[] part = {};
    private int taken;

    PartsStream(Iterator<byte[]> parts) {
        this.parts = parts;
    }

    @Override
    public int read() throws IOException {
        return fill() ? part[taken++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, part.length - taken);
        System.arraycopy(part, taken, bytes, offset, count);
        taken += count;
        return count;
    }

    /** False at the end. A part that cannot be made ends the answer unfinished, which its reader sees. */
    private boolean fill() throws IOException {
        try {
            while (taken == part.length && parts.hasNext()) {
                part = parts.next();
                taken = 0;
            }
        } catch (RuntimeException e) {
            throw new IOException("The rest cannot be written", e);
        }
        return taken < part.length;
    }

    @Override
    public void close() {
        if (parts instanceof ZipParts archive) {
            archive.close();
        }
    }
}
