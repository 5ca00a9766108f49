package dev.latchkey.photo.image;

import static dev.latchkey.photo.image.Refusal.require;

import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.PhotoResult.Reason;
import dev.latchkey.photo.image.ImageFile.Format;
import java.awt.Rectangle;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks the marker segments of a JPEG file (ITU T.81 annex B), up to the scan that completes the picture. Whether an end
 * marker follows there, a film as some phones append one, or nothing, is all the same.
 */
final class JpegFile {
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DQT = 0xDB;
    private static final int DRI = 0xDD;
    private static final int DHT = 0xC4;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;

    /**
     * Pixels times scans. Each scan goes over the whole picture but may be a few bytes long, so that 5 MiB of them
     * would keep a decoder busy for hours; cameras write one scan, progressive encoders about ten.
     */
    private static final long MOST_WORK = 20L * PhotoProcessor.MOST_PIXELS;

    /** Coefficients of a picture in several scans are kept until the last one: two bytes for each of its samples. */
    private static final int BYTES_PER_COEFFICIENT = 2;

    private final byte[] bytes;
    private final ByteArrayOutputStream clean;
    private final JpegProfile profile = new JpegProfile();
    private @Nullable JpegScans scans;
    private int width;
    private int height;
    private int orientation;

    JpegFile(byte[] bytes) {
        this.bytes = bytes;
        this.clean = new ByteArrayOutputStream(bytes.length);
    }

    static boolean recognises(byte[] bytes) {
        return bytes.length > 3 && u8(bytes, 0) == 0xFF && u8(bytes, 1) == SOI && u8(bytes, 2) == 0xFF;
    }

    ImageFile inspect() throws Refusal {
        clean.write(bytes, 0, 2);
        int at = nextMarker(2);
        while (scans == null || !scans.complete()) {
            require(at + 1 < bytes.length);
            if (u8(bytes, at + 1) == EOI) {
                break;
            }
            at = readSegment(at);
        }
        if (scans == null || !scans.endable()) {
            throw new Refusal(Reason.DAMAGED);
        }
        clean.write(0xFF);
        clean.write(EOI);
        return new ImageFile(
                Format.JPEG,
                width,
                height,
                new Rectangle(width, height),
                orientation == 0 ? ExifOrientation.UPRIGHT : orientation,
                scans.count() == 1 ? 0 : (long) width * height * scans.components() * BYTES_PER_COEFFICIENT,
                profile.read(scans.components()),
                clean.toByteArray());
    }

    /** Takes what belongs to the picture and returns where the next marker stands. */
    private int readSegment(int at) throws Refusal {
        int marker = u8(bytes, at + 1);
        require(marker != SOI && at + 4 <= bytes.length);
        int end = at + 2 + u16(at + 2);
        require(end >= at + 4 && end <= bytes.length);
        switch (marker) {
            case 0xC0, 0xC1, 0xC2 -> readFrame(marker, at + 4, end);
            case 0xC3, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF ->
                // Lossless, hierarchical or arithmetic coding.
                throw new Refusal(Reason.UNSUPPORTED);
            case SOS -> {
                JpegScans frame = scans;
                if (frame == null) {
                    throw new Refusal(Reason.DAMAGED);
                }
                frame.add(Arrays.copyOfRange(bytes, at + 4, end));
                require((long) width * height * frame.count() <= MOST_WORK);
                end = nextMarker(end);
            }
            case APP1 -> readExif(at + 4, end);
            case APP2 -> profile.add(Arrays.copyOfRange(bytes, at + 4, end));
            default -> {}
        }
        if (isPicture(marker, at + 4)) {
            clean.write(bytes, at, end - at);
        }
        return nextMarker(end);
    }

    private void readFrame(int marker, int at, int end) throws Refusal {
        require(scans == null && end - at >= 6);
        if (u8(bytes, at) != 8) {
            throw new Refusal(Reason.UNSUPPORTED);
        }
        height = u16(at + 1);
        width = u16(at + 3);
        ImageFile.checkSize(width, height);
        scans = new JpegScans(marker == 0xC2, Arrays.copyOfRange(bytes, at + 5, end));
    }

    private void readExif(int at, int end) {
        if (orientation == 0 && startsWith(at, ExifOrientation.PREFIX)) {
            orientation = ExifOrientation.of(ByteBuffer.wrap(bytes, at, end - at));
        }
    }

    /** What tells RGB from YCbCr and CMYK from YCCK (APP0, APP14) decides the colours, too. */
    private boolean isPicture(int marker, int at) {
        return switch (marker) {
            case 0xC0, 0xC1, 0xC2, SOS, DQT, DHT, DRI -> true;
            case APP0 -> startsWith(at, "JFIF\0");
            case APP14 -> startsWith(at, "Adobe");
            default -> false;
        };
    }

    /** Passes over coded data, restart markers, fill bytes and stray bytes; the file's length where no marker follows. */
    private int nextMarker(int from) {
        for (int at = from; at + 1 < bytes.length; at++) {
            if (u8(bytes, at) == 0xFF) {
                int code = u8(bytes, at + 1);
                if (code > 0x01 && code != 0xFF && (code < 0xD0 || code > 0xD7)) {
                    return at;
                }
            }
        }
        return bytes.length;
    }

    private boolean startsWith(int at, String text) {
        byte[] prefix = text.getBytes(StandardCharsets.ISO_8859_1);
        int end = Math.min(bytes.length, at + prefix.length);
        return Arrays.equals(bytes, at, end, prefix, 0, prefix.length);
    }

    private int u16(int at) {
        return u8(bytes, at) << 8 | u8(bytes, at + 1);
    }

    private static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }
}
