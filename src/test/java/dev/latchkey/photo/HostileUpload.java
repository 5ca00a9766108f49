package dev.latchkey.photo;

import dev.latchkey.photo.PhotoResult.Reason;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Something that is uploaded as a photo and must not be taken. */
public record HostileUpload(String name, byte[] bytes, Reason reason) {
    private static final BufferedImage PLAIN = Pictures.quarters(64, 64);

    /** One of every kind that is known. */
    public static List<HostileUpload> all() {
        List<HostileUpload> all = new ArrayList<>(List.of(
                new HostileUpload("a GIF", Pictures.gif(PLAIN), Reason.UNSUPPORTED),
                new HostileUpload("a BMP", Pictures.bmp(PLAIN), Reason.UNSUPPORTED),
                new HostileUpload("a photo of an iPhone", heif("heic", "mif1", "heic"), Reason.HEIC),
                new HostileUpload("a burst of photos", heif("mif1", "hevc"), Reason.HEIC),
                new HostileUpload("an AVIF", heif("avif", "mif1", "miaf"), Reason.UNSUPPORTED),
                new HostileUpload("twelve bytes of an HEIC", Arrays.copyOf(heif("heic"), 12), Reason.HEIC),
                new HostileUpload(
                        "a byte too many", Arrays.copyOf(Pictures.jpeg(PLAIN), (5 << 20) + 1), Reason.TOO_LARGE),
                new HostileUpload(
                        "a page that begins like a JPEG",
                        Pictures.join(new byte[] {-1, -40, -1}, ascii("<html>")),
                        Reason.DAMAGED),
                new HostileUpload("half a JPEG", half(Pictures.jpeg(PLAIN)), Reason.DAMAGED),
                new HostileUpload("half a PNG", half(Pictures.png(PLAIN)), Reason.DAMAGED),
                new HostileUpload("half a WebP", half(Pictures.WEBP_LOSSY), Reason.DAMAGED),
                new HostileUpload("a JPEG of too many pixels", largeJpeg(), Reason.TOO_MANY_PIXELS),
                new HostileUpload(
                        "a lossy WebP of too many pixels", filled(Pictures.WEBP_LOSSY, 26, 30), Reason.TOO_MANY_PIXELS),
                new HostileUpload(
                        "a lossless WebP of too many pixels",
                        filled(Pictures.WEBP_LOSSLESS, 21, 25),
                        Reason.TOO_MANY_PIXELS),
                new HostileUpload(
                        "a WebP canvas of too many pixels",
                        filled(Pictures.WEBP_ANIMATED, 24, 30),
                        Reason.TOO_MANY_PIXELS),
                new HostileUpload("a PNG without width", Pictures.pngOf(0, 10, 8, 2, new byte[10]), Reason.DAMAGED),
                new HostileUpload("a PNG without data", Pictures.pngOf(10, 10, 8, 2, new byte[0]), Reason.DAMAGED),
                new HostileUpload("thousands of scans", thousandsOfScans(), Reason.DAMAGED),
                new HostileUpload("frames in frames", framesInFrames(), Reason.DAMAGED)));
        for (String text : List.of(
                "",
                "\0",
                "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
                "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
                "<?xml version='1.0'?><svg/>",
                "<!DOCTYPE html><html><body onload=alert(1)>",
                "GIF89a<script>",
                "PK\3\4",
                "%PDF-1.7",
                "RIFF\4\0\0\0WAVE",
                "II*\0\10\0\0\0",
                "JFIF")) {
            all.add(new HostileUpload("text: " + text.replace('\0', '0'), ascii(text), Reason.UNSUPPORTED));
        }
        int[][] sizes = {{65535, 65535}, {65535, 40000}, {40000001, 1}, {1, 2147483647}, {6325, 6325}};
        for (int[] size : sizes) {
            all.add(new HostileUpload(
                    "a PNG of %d x %d pixels".formatted(size[0], size[1]),
                    Pictures.pngOf(size[0], size[1], 8, 6, new byte[10]),
                    Reason.TOO_MANY_PIXELS));
        }
        return all;
    }

    @Override
    public String toString() {
        return name;
    }

    private static byte[] largeJpeg() {
        byte[] jpeg = Pictures.jpeg(PLAIN);
        int frame = 0;
        while (jpeg[frame] != -1 || (jpeg[frame + 1] & 0xFF) != 0xC0) {
            frame++;
        }
        return filled(jpeg, frame + 5, frame + 9);
    }

    private static byte[] thousandsOfScans() {
        byte[] jpeg = Pictures.progressiveJpeg(Pictures.quarters(2000, 2000));
        int scan = 0;
        while (jpeg[scan] != -1 || (jpeg[scan + 1] & 0xFF) != 0xDA) {
            scan++;
        }
        byte[] empty = {-1, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 0, 0};
        byte[] scans = new byte[empty.length * 10_000];
        for (int at = 0; at < scans.length; at += empty.length) {
            System.arraycopy(empty, 0, scans, at, empty.length);
        }
        return Pictures.join(Arrays.copyOf(jpeg, scan), scans, Arrays.copyOfRange(jpeg, scan, jpeg.length));
    }

    private static byte[] framesInFrames() {
        int depth = 100_000;
        ByteBuffer nested = ByteBuffer.allocate(12 + 24 * depth).order(ByteOrder.LITTLE_ENDIAN);
        nested.put(ascii("RIFF")).putInt(nested.capacity() - 8).put(ascii("WEBP"));
        while (nested.hasRemaining()) {
            nested.put(ascii("ANMF")).putInt(nested.remaining() - 4);
            nested.position(nested.position() + 16);
        }
        return nested.array();
    }

    /** The first box of a file of that family, with its brands, and what may follow. */
    private static byte[] heif(String... brands) {
        byte[] box = ascii("\0\0\0\0ftyp" + brands[0] + "\0\0\0\0" + String.join("", brands));
        box[3] = (byte) box.length;
        return Pictures.join(box, ascii("\0\0\0\10freeheic"));
    }

    private static byte[] half(byte[] file) {
        return Arrays.copyOf(file, file.length / 2);
    }

    private static byte[] filled(byte[] file, int from, int to) {
        byte[] copy = file.clone();
        Arrays.fill(copy, from, to, (byte) 0xFF);
        return copy;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
