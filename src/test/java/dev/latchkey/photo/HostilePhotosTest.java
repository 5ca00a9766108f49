package dev.latchkey.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.photo.PhotoResult.Processed;
import dev.latchkey.photo.PhotoResult.Reason;
import dev.latchkey.photo.PhotoResult.Refused;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostilePhotosTest {
    private static final DecodingThreads THREADS = new DecodingThreads();
    private static final PhotoProcessor PROCESSOR = new PhotoProcessor(THREADS);
    private static final BufferedImage PLAIN = Pictures.quarters(64, 64);

    @AfterAll
    static void stop() {
        THREADS.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
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
                "JFIF"
            })
    void refusesWhatIsNoPhotoByItsContent(String content) {
        assertRefused(content.getBytes(StandardCharsets.ISO_8859_1), Reason.UNSUPPORTED);
    }

    @Test
    void refusesOtherImages() {
        assertRefused(Pictures.gif(PLAIN), Reason.UNSUPPORTED);
        assertRefused(Pictures.bmp(PLAIN), Reason.UNSUPPORTED);
    }

    @Test
    void refusesMoreThanFiveMebibytes() {
        byte[] photo = Pictures.jpeg(PLAIN);

        assertThat(PROCESSOR.process(Arrays.copyOf(photo, 5 << 20))).isInstanceOf(Processed.class);
        assertRefused(Arrays.copyOf(photo, (5 << 20) + 1), Reason.TOO_LARGE);
    }

    @Test
    void refusesFilesCutShortAnywhere() {
        for (byte[] whole : new byte[][] {
            Pictures.jpeg(PLAIN),
            Pictures.progressiveJpeg(PLAIN),
            Pictures.png(PLAIN),
            Pictures.WEBP_LOSSY,
            Pictures.WEBP_LOSSLESS,
            Pictures.WEBP_LOSSY_ALPHA,
            Pictures.WEBP_ANIMATED
        }) {
            for (int length = 0; length < whole.length; length++) {
                assertThat(PROCESSOR.process(Arrays.copyOf(whole, length)))
                        .as("%d of %d bytes", length, whole.length)
                        .isInstanceOf(Refused.class);
            }
        }
    }

    @Test
    void takesAPolyglotForThePhotoItIs() {
        byte[] page = "*/=alert(1)/*<html><script>alert('POLYGLOT')</script>PK\3\4".getBytes(StandardCharsets.US_ASCII);
        byte[] upload = Pictures.join(Pictures.withSegment(Pictures.jpeg(PLAIN), 0xFE, page), page);

        PhotoResult result = PROCESSOR.process(upload);

        assertThat(result).isInstanceOf(Processed.class);
        assertThat(new String(((Processed) result).photo().jpeg(), StandardCharsets.ISO_8859_1))
                .doesNotContain("POLYGLOT", "script", "PK");
    }

    @Test
    void refusesAPageThatOnlyBeginsLikeAPhoto() {
        assertRefused(
                Pictures.join(new byte[] {-1, -40, -1}, "<html>".getBytes(StandardCharsets.US_ASCII)), Reason.DAMAGED);
    }

    @ParameterizedTest
    @CsvSource({"65535, 65535", "65535, 40000", "40000001, 1", "1, 2147483647", "6325, 6325"})
    void refusesPixelsByTheHeaderBeforeDecoding(int width, int height) {
        assertRefused(Pictures.pngOf(width, height, 8, 6, new byte[10]), Reason.TOO_MANY_PIXELS);
    }

    @Test
    void refusesAJpegAndAWebpThatDeclareTooManyPixels() {
        byte[] jpeg = Pictures.jpeg(PLAIN);
        for (int at = 0; at < jpeg.length; at++) {
            if (jpeg[at] == -1 && (jpeg[at + 1] & 0xFF) == 0xC0) {
                Arrays.fill(jpeg, at + 5, at + 9, (byte) 0xFF);
                break;
            }
        }
        assertRefused(jpeg, Reason.TOO_MANY_PIXELS);

        byte[] lossy = Pictures.WEBP_LOSSY.clone();
        Arrays.fill(lossy, 26, 30, (byte) 0xFF);
        assertRefused(lossy, Reason.TOO_MANY_PIXELS);

        byte[] lossless = Pictures.WEBP_LOSSLESS.clone();
        Arrays.fill(lossless, 21, 25, (byte) 0xFF);
        assertRefused(lossless, Reason.TOO_MANY_PIXELS);

        byte[] canvas = Pictures.WEBP_ANIMATED.clone();
        Arrays.fill(canvas, 24, 30, (byte) 0xFF);
        assertRefused(canvas, Reason.TOO_MANY_PIXELS);
    }

    @Test
    void refusesPicturesWithoutPixels() {
        assertRefused(Pictures.pngOf(0, 10, 8, 2, new byte[10]), Reason.DAMAGED);
        assertRefused(Pictures.pngOf(10, 10, 8, 2, new byte[0]), Reason.DAMAGED);
    }

    @Test
    void inflatesNoMoreThanThePicture() {
        byte[] bomb = Pictures.pngOf(4, 4, 8, 0, new byte[1 << 28]);
        byte[] text = Pictures.join(new byte[] {'k', 0, 0}, Pictures.deflate(new byte[1 << 28]));

        assertThat(PROCESSOR.process(bomb)).isInstanceOf(Processed.class);
        assertThat(PROCESSOR.process(Pictures.withChunk(Pictures.png(PLAIN), "zTXt", text)))
                .isInstanceOf(Processed.class);
    }

    @Test
    void refusesAPhotoOfThousandsOfScans() {
        byte[] jpeg = Pictures.progressiveJpeg(Pictures.quarters(2000, 2000));
        int scan = 0;
        while (jpeg[scan] != -1 || (jpeg[scan + 1] & 0xFF) != 0xDA) {
            scan++;
        }
        byte[] first = Arrays.copyOf(jpeg, scan);
        byte[] empty = {-1, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 0, 0};
        byte[] scans = new byte[empty.length * 10_000];
        for (int at = 0; at < scans.length; at += empty.length) {
            System.arraycopy(empty, 0, scans, at, empty.length);
        }

        assertRefused(Pictures.join(first, scans, Arrays.copyOfRange(jpeg, scan, jpeg.length)), Reason.DAMAGED);
    }

    @Test
    void looksIntoTheFramesOfAnAnimationButNotFurther() {
        int depth = 100_000;
        ByteBuffer nested = ByteBuffer.allocate(12 + 24 * depth).order(ByteOrder.LITTLE_ENDIAN);
        nested.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(nested.capacity() - 8);
        nested.put("WEBP".getBytes(StandardCharsets.US_ASCII));
        while (nested.hasRemaining()) {
            nested.put("ANMF".getBytes(StandardCharsets.US_ASCII)).putInt(nested.remaining() - 4);
            nested.position(nested.position() + 16);
        }

        assertRefused(nested.array(), Reason.DAMAGED);
    }

    private static void assertRefused(byte[] upload, Reason reason) {
        assertThat(PROCESSOR.process(upload)).isEqualTo(new Refused(reason));
    }
}
