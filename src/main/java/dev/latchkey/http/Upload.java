package dev.latchkey.http;

import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.PhotoSource;
import io.netty.buffer.ByteBuf;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The photo of a form. It waits in a temporary file that has no name any more, so neither slow uploads nor crowds fill
 * the memory, and a crash leaves nothing behind. What the browser said about its name and type is not kept: only the
 * content counts.
 */
public final class Upload implements PhotoSource, AutoCloseable {
    /** Largest photo in bytes; of a larger one only the size is known. */
    public static final int MOST_BYTES = PhotoProcessor.MOST_BYTES;

    private static final int PIECE = 1 << 14;

    private final FileChannel file;
    private long size;

    private Upload(FileChannel file) {
        this.file = file;
    }

    static Upload begin() throws IOException {
        Path path = Files.createTempFile(
                "latchkey",
                ".upload",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            return new Upload(FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        } finally {
            // On POSIX systems the open file lives on without its name.
            Files.deleteIfExists(path);
        }
    }

    void append(ByteBuf bytes) throws IOException {
        size += bytes.readableBytes();
        if (tooLarge()) {
            file.truncate(0);
            return;
        }
        while (bytes.isReadable()) {
            bytes.readBytes(file, bytes.readableBytes());
        }
    }

    /** Whether it is larger than {@link #MOST_BYTES}; its content was then thrown away. */
    public boolean tooLarge() {
        return size > MOST_BYTES;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        if (tooLarge()) {
            throw new IllegalStateException("The content of a file that is too large was not kept");
        }
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        for (long at = 0; at < size; at += piece.position()) {
            read(piece.clear(), at);
            out.write(piece.array(), 0, piece.position());
        }
    }

    private void read(ByteBuffer piece, long at) {
        try {
            if (file.read(piece, at) < 0) {
                throw new EOFException();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary file of an upload cannot be read", e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary file of an upload cannot be closed", e);
        }
    }
}
