package dev.latchkey.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.photo.PhotoResult.Processed;
import dev.latchkey.photo.PhotoResult.Refused;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of files made from good ones by damage that a fixed seed chooses. */
final class DamagedPhotosTest {
    private static final int ROUNDS = 450;

    @Test
    @Timeout(value = 90, unit = TimeUnit.SECONDS)
    void refusesOrRepairsEveryDamagedFileAndLeavesNoneBehind() throws IOException {
        DecodingThreads threads = new DecodingThreads();
        PhotoProcessor processor = new PhotoProcessor(threads);
        Set<Path> before = temporaryFiles();
        Random random = new Random(20261120);
        int processed = 0;
        int refused = 0;

        for (byte[] source : sources()) {
            for (int round = 0; round < ROUNDS; round++) {
                switch (processor.process(damage(source, random))) {
                    case Processed done -> {
                        BufferedImage image = Pictures.read(done.photo().jpeg());
                        assertThat(image.getWidth())
                                .isEqualTo(image.getHeight())
                                .isLessThanOrEqualTo(512);
                        processed++;
                    }
                    case Refused ignored -> refused++;
                }
            }
        }
        threads.stop();

        assertThat(processed + refused).isGreaterThanOrEqualTo(5_000);
        // Both happen often, so the damage is neither always harmless nor always found at the door.
        assertThat(processed).isGreaterThan(500);
        assertThat(refused).isGreaterThan(500);
        assertThat(temporaryFiles()).isEqualTo(before);
    }

    private static List<byte[]> sources() {
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

    private static byte[] damage(byte[] source, Random random) {
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

    private static Set<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("imageio"))
                    .collect(Collectors.toSet());
        }
    }
}
