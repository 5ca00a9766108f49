package dev.latchkey.photo.image;

import static dev.latchkey.photo.image.Refusal.require;

import dev.latchkey.photo.PhotoResult.Reason;
import dev.latchkey.photo.image.ImageFile.Format;
import java.awt.Rectangle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Walks the chunks of a WebP file (RFC 9649); of an animation it takes the first frame. The length in the first header
 * ends the walk where it may, but a picture that is all there is taken although that length or a chunk behind it is not.
 */
final class WebpFile {
    private static final int RIFF = 0x46464952;
    private static final int WEBP = 0x50424557;
    private static final int VP8X = 0x58385056;
    private static final int VP8 = 0x20385056;
    private static final int VP8L = 0x4C385056;
    private static final int ALPH = 0x48504C41;
    private static final int ANMF = 0x464D4E41;
    private static final int ICCP = 0x50434349;
    private static final int EXIF = 0x46495845;

    private static final int FILE_HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int FRAME_HEADER_BYTES = 16;
    private static final int EXTENDED_HEADER_BYTES = 10;

    /** Size and version of a lossless picture; the smallest one has two bytes more. */
    private static final int LOSSLESS_HEADER_BYTES = 5;

    private static final int LOSSY_HEADER_BYTES = 10;
    private static final byte HAS_ALPHA = 0x10;

    /** What libwebp holds beside the result, outside the heap: every pixel, or its transparency before and after. */
    private static final int LOSSLESS_BYTES_PER_PIXEL = 4;

    private static final int ALPHA_BYTES_PER_PIXEL = 5;

    private final ByteBuffer file;
    private @Nullable ByteBuffer picture;
    private @Nullable ByteBuffer alpha;
    private @Nullable ColourProfile profile;
    private @Nullable Rectangle canvas;
    private final Rectangle frame = new Rectangle();
    private boolean animated;
    private int orientation = ExifOrientation.UPRIGHT;

    WebpFile(byte[] bytes) {
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static boolean recognises(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.length > FILE_HEADER_BYTES && file.getInt(0) == RIFF && file.getInt(8) == WEBP;
    }

    ImageFile inspect() throws Refusal {
        long end = CHUNK_HEADER_BYTES + Integer.toUnsignedLong(file.getInt(4));
        boolean told = end > FILE_HEADER_BYTES + CHUNK_HEADER_BYTES && end <= file.capacity();
        ByteBuffer chunks = slice(file, FILE_HEADER_BYTES, file.capacity() - FILE_HEADER_BYTES);
        readChunks(chunks, told ? (int) end - FILE_HEADER_BYTES : chunks.capacity(), true);
        if (picture == null) {
            throw new Refusal(Reason.DAMAGED);
        }
        Rectangle whole = canvas == null ? frame : canvas;
        // Of an animation that was cut between two frames, the length alone tells that some are missing.
        require(animated ? told && whole.contains(frame) : whole.equals(frame));
        return new ImageFile(
                Format.WEBP,
                whole.width,
                whole.height,
                frame,
                orientation,
                workspace(picture),
                profile,
                clean(picture));
    }

    /** Reads the chunks that begin before an offset. */
    private void readChunks(ByteBuffer chunks, int end, boolean frames) throws Refusal {
        while (chunks.position() < end && chunks.remaining() >= CHUNK_HEADER_BYTES) {
            int start = chunks.position();
            int type = chunks.getInt(start);
            int length = chunks.getInt(start + 4);
            if (length < 0 || length > chunks.remaining() - CHUNK_HEADER_BYTES) {
                // What comes after the picture may be missing; further frames belong to it.
                require(picture != null && type != ANMF);
                return;
            }
            ByteBuffer chunk = slice(chunks, start, CHUNK_HEADER_BYTES + length);
            if (type != ANMF) {
                readChunk(type, chunk);
            } else if (frames && picture == null) {
                readFrame(chunk);
            }
            // Chunks begin at even offsets; a writer may have left out the padding of the last one.
            chunks.position(Math.min(chunks.limit(), start + CHUNK_HEADER_BYTES + length + (length & 1)));
        }
    }

    private void readFrame(ByteBuffer chunk) throws Refusal {
        int header = CHUNK_HEADER_BYTES + FRAME_HEADER_BYTES;
        require(chunk.capacity() >= header);
        animated = true;
        frame.setLocation(2 * u24(chunk, 8), 2 * u24(chunk, 11));
        readChunks(slice(chunk, header, chunk.capacity() - header), chunk.capacity(), false);
        require(frame.width == 1 + u24(chunk, 14) && frame.height == 1 + u24(chunk, 17));
    }

    private void readChunk(int type, ByteBuffer chunk) throws Refusal {
        int length = chunk.capacity() - CHUNK_HEADER_BYTES;
        switch (type) {
            case VP8X -> {
                require(canvas == null && length >= EXTENDED_HEADER_BYTES);
                canvas = new Rectangle(1 + u24(chunk, 12), 1 + u24(chunk, 15));
                ImageFile.checkSize(canvas.width, canvas.height);
            }
            case ALPH -> alpha = picture == null ? chunk : alpha;
            case VP8, VP8L -> readPicture(type, chunk);
            case ICCP -> {
                byte[] data = new byte[length];
                chunk.get(CHUNK_HEADER_BYTES, data);
                profile = ColourProfile.of(data, 3);
            }
            case EXIF -> orientation = ExifOrientation.of(slice(chunk, CHUNK_HEADER_BYTES, length));
            default -> {}
        }
    }

    private void readPicture(int type, ByteBuffer chunk) throws Refusal {
        if (picture != null) {
            return;
        }
        int length = chunk.capacity() - CHUNK_HEADER_BYTES;
        if (type == VP8L) {
            require(length > LOSSLESS_HEADER_BYTES && chunk.get(8) == 0x2F);
            int size = chunk.getInt(9);
            frame.setSize((size & 0x3FFF) + 1, (size >>> 14 & 0x3FFF) + 1);
        } else {
            require(length > LOSSY_HEADER_BYTES && (chunk.get(8) & 1) == 0 && u24(chunk, 11) == 0x2A019D);
            frame.setSize(chunk.getShort(14) & 0x3FFF, chunk.getShort(16) & 0x3FFF);
        }
        ImageFile.checkSize(frame.width, frame.height);
        picture = chunk;
    }

    private long workspace(ByteBuffer chunk) {
        long pixels = (long) frame.width * frame.height;
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
        ByteBuffer out = ByteBuffer.allocate(FILE_HEADER_BYTES + extra + even(chunk.capacity()))
                .order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(RIFF).putInt(out.capacity() - CHUNK_HEADER_BYTES).putInt(WEBP);
        if (transparency != null) {
            out.putInt(VP8X).putInt(EXTENDED_HEADER_BYTES).putInt(HAS_ALPHA);
            putU24(out, frame.width - 1);
            putU24(out, frame.height - 1);
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
