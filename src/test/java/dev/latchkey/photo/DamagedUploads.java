package dev.latchkey.photo;

import dev.latchkey.photo.image.PngFile;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/** Files made from good ones by damage that a generator with a fixed seed chooses. */
public final class DamagedUploads {
    private DamagedUploads() {}

    /** Good files of every kind that is taken. */
    public static List<byte[]> sources() {
        BufferedImage plain = Pictures.quarters(24, 24);
        byte[] jpeg = Pictures.jpeg(plain);
        return List.of(
                jpeg,
                Pictures.progressiveJpeg(plain),
                Pictures.withExif(jpeg, 6),
                Pictures.fourChannelJpeg(24, 2, 105, 212, 235, 255),
                Pictures.png(plain),
                Pictures.interlacedPng(plain),
                Pictures.png(Pictures.quarters(24, 24, BufferedImage.TYPE_BYTE_INDEXED)),
                Pictures.withChunk(Pictures.png(plain), "eXIf", Pictures.exif(3)),
                Pictures.WEBP_LOSSY,
                Pictures.WEBP_LOSSLESS,
                Pictures.WEBP_LOSSY_ALPHA,
                Pictures.WEBP_ANIMATED,
                Pictures.WEBP_TURNED);
    }

    /** A copy with one to six wounds. */
    public static byte[] damage(byte[] source, Random random) {
        byte[] damaged = source.clone();
        int wounds = 1 + random.nextInt(6);
        for (int wound = 0; wound < wounds; wound++) {
            int at = random.nextInt(damaged.length);
            int length = Math.min(1 + random.nextInt(16), damaged.length - at);
            switch (random.nextInt(8)) {
                case 0 -> damaged = Arrays.copyOf(damaged, Math.max(1, at));
                case 1 -> damaged = without(damaged, at, length);
                case 2 -> damaged = with(damaged, at, Arrays.copyOfRange(damaged, at, at + length));
                case 3 -> Arrays.fill(damaged, at, at + length, (byte) (random.nextBoolean() ? 0xFF : 0));
                case 4 -> damaged[at] = (byte) random.nextInt(256);
                default -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        if (random.nextInt(4) > 0) {
            mendChecksums(damaged);
        }
        return damaged;
    }

    /** Otherwise the checksums would keep nearly all damage away from the PNG decoder. */
    private static void mendChecksums(byte[] file) {
        if (PngFile.recognises(file)) {
            ByteBuffer png = ByteBuffer.wrap(file);
            int at = 8;
            while (at + 12 <= file.length && png.getInt(at) >= 0 && png.getInt(at) <= file.length - at - 12) {
                int length = png.getInt(at);
                CRC32 crc = new CRC32();
                crc.update(file, at + 4, length + 4);
                png.putInt(at + 8 + length, (int) crc.getValue());
                at += length + 12;
            }
        }
    }

    private static byte[] without(byte[] file, int at, int length) {
        byte[] rest = Pictures.join(Arrays.copyOf(file, at), Arrays.copyOfRange(file, at + length, file.length));
        return rest.length == 0 ? file : rest;
    }

    private static byte[] with(byte[] file, int at, byte[] more) {
        return Pictures.join(Arrays.copyOf(file, at), more, Arrays.copyOfRange(file, at, file.length));
    }
}
