package dev.latchkey.photo;

import static dev.latchkey.photo.ImageFile.require;

import dev.latchkey.photo.ImageFile.Format;
import dev.latchkey.photo.PhotoResult.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Walks the chunks of a WebP file (RFC 9649); of an animation it takes the first frame. */
final class WebpFile {
    private static final int RIFF = 0x46464952;
    private static final int WEBP = 0x50424557;
    private static final int VP8X = 0x58385056;
    private static final int VP8 = 0x20385056;
    private static final int VP8L = 0x4C385056;
    private static final int ALPH = 0x48504C41;
    private static final int ANMF = 0x464D4E41;
    private static final int EXIF = 0x46495845;

    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int FRAME_HEADER_BYTES = 16;
    private static final int EXTENDED_HEADER_BYTES = 10;
    private static final byte HAS_ALPHA = 0x10;

    /**
     * Transparency beside a lossy picture is decoded whole and on the heap, with five bytes for each pixel. Half the heap
     * is the most that one upload may take; from 400 MB on that is enough for every picture within the limit.
     */
    private static final long MOST_WORKSPACE = Runtime.getRuntime().maxMemory() / 2;

    private static final int LOSSLESS_BYTES_PER_PIXEL = 4;
    private static final int ALPHA_BYTES_PER_PIXEL = 5;

    private final ByteBuffer file;
    private @Nullable ByteBuffer picture;
    private @Nullable ByteBuffer alpha;
    private int orientation = ExifOrientation.UPRIGHT;
    private int width;
    private int height;

    WebpFile(byte[] bytes) {
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static boolean recognises(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.length > 12 && file.getInt(0) == RIFF && file.getInt(8) == WEBP;
    }

    ImageFile inspect() throws Refusal {
        long length = Integer.toUnsignedLong(file.getInt(4));
        require(length >= 4 && length <= file.capacity() - CHUNK_HEADER_BYTES);
        readChunks(slice(file, 12, (int) length - 4), true);
        if (picture == null) {
            throw new Refusal(Reason.DAMAGED);
        }
        long workspace = workspace(picture);
        boolean lossless = isLossless(picture);
        if (!lossless && workspace > MOST_WORKSPACE) {
            throw new Refusal(Reason.TOO_MANY_PIXELS);
        }
        return new ImageFile(Format.WEBP, width, height, orientation, workspace, lossless, clean(picture));
    }

    private void readChunks(ByteBuffer chunks, boolean frames) throws Refusal {
        while (chunks.remaining() >= CHUNK_HEADER_BYTES) {
            int start = chunks.position();
            int type = chunks.getInt(start);
            int length = chunks.getInt(start + 4);
            require(length >= 0 && length <= chunks.remaining() - CHUNK_HEADER_BYTES);
            ByteBuffer chunk = slice(chunks, start, CHUNK_HEADER_BYTES + length);
            if (type != ANMF) {
                readChunk(type, chunk);
            } else if (frames && picture == null) {
                int header = CHUNK_HEADER_BYTES + FRAME_HEADER_BYTES;
                require(chunk.capacity() >= header);
                readChunks(slice(chunk, header, chunk.capacity() - header), false);
            }
            // Chunks begin at even offsets; a writer may have left out the padding of the last one.
            chunks.position(Math.min(chunks.limit(), start + CHUNK_HEADER_BYTES + length + (length & 1)));
        }
    }

    private void readChunk(int type, ByteBuffer chunk) throws Refusal {
        switch (type) {
            case VP8X -> {
                require(chunk.capacity() >= CHUNK_HEADER_BYTES + EXTENDED_HEADER_BYTES);
                ImageFile.checkSize(1 + u24(chunk, 12), 1 + u24(chunk, 15));
            }
            case ALPH -> alpha = picture == null ? chunk : alpha;
            case VP8, VP8L -> readPicture(type, chunk);
            case EXIF -> orientation = ExifOrientation.of(slice(chunk, CHUNK_HEADER_BYTES, chunk.capacity() - 8));
            default -> {}
        }
    }

    private void readPicture(int type, ByteBuffer chunk) throws Refusal {
        if (picture != null) {
            return;
        }
        require(chunk.capacity() >= CHUNK_HEADER_BYTES + EXTENDED_HEADER_BYTES);
        if (type == VP8L) {
            require(chunk.get(8) == 0x2F);
            int size = chunk.getInt(9);
            width = (size & 0x3FFF) + 1;
            height = (size >>> 14 & 0x3FFF) + 1;
        } else {
            require((chunk.get(8) & 1) == 0 && u24(chunk, 11) == 0x2A019D);
            width = chunk.getShort(14) & 0x3FFF;
            height = chunk.getShort(16) & 0x3FFF;
        }
        ImageFile.checkSize(width, height);
        picture = chunk;
    }

    private long workspace(ByteBuffer chunk) {
        long pixels = (long) width * height;
        if (isLossless(chunk)) {
            return pixels * LOSSLESS_BYTES_PER_PIXEL;
        }
        return alpha == null ? 0 : pixels * ALPHA_BYTES_PER_PIXEL;
    }

    /** A still picture of nothing but pixels. */
    private byte[] clean(ByteBuffer chunk) {
        ByteBuffer transparency = isLossless(chunk) ? null : alpha;
        int extra =
                transparency == null ? 0 : CHUNK_HEADER_BYTES + EXTENDED_HEADER_BYTES + even(transparency.capacity());
        ByteBuffer out =
                ByteBuffer.allocate(12 + extra + even(chunk.capacity())).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(RIFF).putInt(out.capacity() - CHUNK_HEADER_BYTES).putInt(WEBP);
        if (transparency != null) {
            out.putInt(VP8X).putInt(EXTENDED_HEADER_BYTES).putInt(HAS_ALPHA);
            putU24(out, width - 1);
            putU24(out, height - 1);
            out.put(transparency.rewind()).position(even(out.position()));
        }
        out.put(chunk.rewind());
        return out.array();
    }

    private static boolean isLossless(ByteBuffer chunk) {
        return chunk.getInt(0) == VP8L;
    }

    private static int even(int length) {
        return length + (length & 1);
    }

    private static ByteBuffer slice(ByteBuffer from, int at, int length) {
        return from.slice(at, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int u24(ByteBuffer from, int at) {
        return Short.toUnsignedInt(from.getShort(at)) | (from.get(at + 2) & 0xFF) << 16;
    }

    private static void putU24(ByteBuffer to, int value) {
        to.putShort((short) value).put((byte) (value >>> 16));
    }
}
