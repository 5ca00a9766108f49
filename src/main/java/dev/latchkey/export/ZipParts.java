package dev.latchkey.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** A ZIP archive as bytes, packed as its files are written; a part may be empty, as packing holds some back. */
final class ZipParts implements Iterator<byte[]>, AutoCloseable {
    private final Iterator<File> files;
    private final FileTime time;
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(packed);
    private @Nullable Iterator<byte[]> content;
    private boolean ended;

    ZipParts(Iterator<File> files, Instant time) {
        this.files = files;
        this.time = FileTime.from(time);
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public byte[] next() {
        if (ended) {
            throw new NoSuchElementException();
        }
        try {
            if (content == null) {
                begin();
            } else if (content.hasNext()) {
                zip.write(content.next());
            } else {
                zip.closeEntry();
                content = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] part = packed.toByteArray();
        packed.reset();
        return part;
    }

    private void begin() throws IOException {
        if (files.hasNext()) {
            File file = files.next();
            zip.putNextEntry(new ZipEntry(file.name()).setLastModifiedTime(time));
            content = file.content();
        } else {
            zip.finish();
            ended = true;
        }
    }

    /** Gives the memory of packing back, which is outside the heap; of an archive that was not read to its end, too. */
    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            // It writes into memory.
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the archive. */
    record File(String name, Iterator<byte[]> content) {}
}
