package dev.latchkey.photo.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.photo.PhotoResult;
import dev.latchkey.photo.PhotoResult.Processed;
import dev.latchkey.photo.Pictures;
import dev.latchkey.photo.Profiles;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a PNG says about its colours beside an ICC profile, and which of several sayings counts. */
final class PngColoursTest {
    private static final Color NUMBERS = new Color(200, 60, 40);
    private static final Color AS_P3 = new Color(217, 42, 23);
    private static final Color LINEAR = new Color(0xE4, 0x85, 0x6E);
    private static final Color SWAPPED = new Color(60, 200, 40);

    record Saying(String name, Color expected, byte[] png) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Saying> sayings() {
        byte[] gamma1 = numbers(100_000);
        byte[] gamma22 = numbers(45_455);
        byte[] sRgb = numbers(31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000);
        byte[] p3 = numbers(31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000);
        return Stream.of(
                saying("nothing", NUMBERS),
                saying("gAMA of 1", LINEAR, "gAMA", gamma1),
                saying("gAMA of 1/2.2, by which sRGB is meant", NUMBERS, "gAMA", gamma22),
                saying("gAMA of nothing", NUMBERS, "gAMA", numbers(0)),
                saying("gAMA of more than all", NUMBERS, "gAMA", numbers(-1)),
                saying("gAMA cut short", NUMBERS, "gAMA", new byte[3]),
                saying("cHRM of sRGB", NUMBERS, "cHRM", sRgb, "gAMA", gamma22),
                saying("cHRM of Display P3", AS_P3, "cHRM", p3, "gAMA", gamma22),
                saying("cHRM of no device", NUMBERS, "cHRM", new byte[32]),
                saying(
                        "cHRM whose white cannot be mixed",
                        NUMBERS,
                        "cHRM",
                        numbers(90000, 5000, 68000, 32000, 26500, 69000, 15000, 6000)),
                saying("sRGB before gAMA", NUMBERS, "gAMA", gamma1, "sRGB", new byte[1]),
                saying("cICP of Display P3", AS_P3, "cICP", new byte[] {12, 13, 0, 1}),
                saying("cICP of linear sRGB", LINEAR, "cICP", new byte[] {1, 8, 0, 1}),
                saying("cICP of sRGB before a profile", NUMBERS, "iCCP", profile(), "cICP", new byte[] {1, 13, 0, 1}),
                saying("cICP that is not RGB", NUMBERS, "cICP", new byte[] {12, 13, 1, 1}),
                saying("cICP of more than a display shows", NUMBERS, "cICP", new byte[] {9, 16, 0, 1}),
                saying(
                        "a profile before sRGB and gAMA",
                        SWAPPED,
                        "gAMA",
                        gamma1,
                        "sRGB",
                        new byte[1],
                        "iCCP",
                        profile()),
                saying("gAMA after a useless profile", LINEAR, "gAMA", gamma1, "iCCP", new byte[] {'p', 0, 0, 1, 2, 3}),
                saying("a profile without a name", NUMBERS, "iCCP", new byte[200]));
    }

    @ParameterizedTest
    @MethodSource("sayings")
    void isHeardInOrder(Saying saying) {
        PhotoResult result = Portraits.process(saying.png());
        assertThat(result).isInstanceOf(Processed.class);
        int seen = Pictures.read(((Processed) result).photo().jpeg()).getRGB(20, 20);
        for (int shift = 0; shift < 24; shift += 8) {
            int difference = (seen >> shift & 0xFF) - (saying.expected().getRGB() >> shift & 0xFF);
            assertThat(difference).as("%x", seen).isBetween(-4, 4);
        }
    }

    /** A PNG with chunks, the last of them first. */
    private static Saying saying(String name, Color expected, Object... chunks) {
        BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        for (int at = 0; at < 40 * 40; at++) {
            image.setRGB(at % 40, at / 40, NUMBERS.getRGB());
        }
        byte[] png = Pictures.png(image);
        for (int at = 0; at < chunks.length; at += 2) {
            png = Pictures.withChunk(png, (String) chunks[at], (byte[]) chunks[at + 1]);
        }
        return new Saying(name, expected, png);
    }

    private static byte[] profile() {
        return Pictures.join(new byte[] {'p', 0, 0}, Pictures.deflate(Profiles.swapped()));
    }

    private static byte[] numbers(int... values) {
        ByteBuffer out = ByteBuffer.allocate(values.length * Integer.BYTES);
        for (int value : values) {
            out.putInt(value);
        }
        return out.array();
    }
}
