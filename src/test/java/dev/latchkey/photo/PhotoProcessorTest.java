package dev.latchkey.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.photo.PhotoResult.Processed;
import dev.latchkey.photo.image.Portraits;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.FlatWebp;
import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PhotoProcessorTest {

    @Test
    @Asvs("5.3.2")
    void makesAProgressiveJpegNamedByItsHash() {
        Photo photo = process(Pictures.jpeg(Pictures.quarters(900, 700)));

        assertThat(photo.hash())
                .matches("[0-9a-f]{64}")
                .isEqualTo(Photo.of(photo.jpeg()).hash());
        assertThat(Pictures.markers(photo.jpeg())).contains(0xC2).doesNotContain(0xC0);
        assertQuarters(photo, 512, "RGBW");
    }

    @Test
    void givesTheSameBytesForTheSameUpload() {
        byte[] upload = Pictures.jpeg(Pictures.quarters(900, 700));

        assertThat(process(upload).jpeg()).isEqualTo(process(upload).jpeg());
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "40, 30, 30", "512, 512, 512", "513, 600, 512", "1537, 1600, 512", "3000, 700, 512"})
    void cropsTheCentredSquareAndNeverEnlarges(int width, int height, int edge) {
        BufferedImage image = Pictures.read(
                process(Pictures.png(Pictures.quarters(width, height))).jpeg());

        assertThat(image.getWidth()).isEqualTo(edge);
        assertThat(image.getHeight()).isEqualTo(edge);
    }

    @ParameterizedTest
    @CsvSource({"1, RGBW", "2, GRWB", "3, WBGR", "4, BWRG", "5, RBGW", "6, BRWG", "7, WGBR", "8, GWRB", "9, RGBW"})
    void turnsUprightByExif(int orientation, String quarters) {
        byte[] plain = Pictures.jpeg(Pictures.quarters(120, 80));

        assertQuarters(process(Pictures.withExif(plain, orientation)), 80, quarters);
        assertQuarters(
                process(Pictures.withChunk(
                        Pictures.png(Pictures.quarters(120, 80)), "eXIf", Pictures.exif(orientation))),
                80,
                quarters);
    }

    static Stream<byte[]> picturesOfFourQuarters() {
        BufferedImage plain = Pictures.quarters(64, 64);
        return Stream.of(
                Pictures.jpeg(plain),
                Pictures.progressiveJpeg(plain),
                Pictures.png(plain),
                Pictures.interlacedPng(plain),
                Pictures.png(Pictures.quarters(64, 64, BufferedImage.TYPE_BYTE_INDEXED)),
                Pictures.png(Pictures.quarters(64, 64, BufferedImage.TYPE_INT_ARGB)),
                Pictures.png(sixteenBits(false)),
                Pictures.png(sixteenBits(true)),
                Pictures.interlacedPng(sixteenBits(true)),
                Pictures.WEBP_LOSSY,
                Pictures.WEBP_LOSSLESS,
                Pictures.WEBP_ANIMATED);
    }

    @ParameterizedTest
    @MethodSource("picturesOfFourQuarters")
    void readsEveryKindOfPicture(byte[] upload) {
        assertQuarters(process(upload), null, "RGBW");
    }

    @ParameterizedTest
    @MethodSource("largePictures")
    void skipsPixelsOfLargePicturesButKeepsTheirShape(byte[] upload) {
        assertQuarters(process(upload), 512, "RGBW");
    }

    static Stream<byte[]> largePictures() {
        BufferedImage large = Pictures.quarters(3501, 3101);
        return Stream.of(
                Pictures.jpeg(large),
                Pictures.progressiveJpeg(large),
                Pictures.png(large),
                Pictures.interlacedPng(large));
    }

    @Test
    void turnsWebpUprightByExif() {
        assertQuarters(process(Pictures.WEBP_TURNED), 32, "BRWG");
    }

    @Test
    void putsTransparentPicturesOnWhite() {
        BufferedImage clear = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
        clear.setRGB(0, 0, 0x00123456);

        assertColour(process(Pictures.png(clear)), Color.WHITE);
        assertQuarters(process(Pictures.WEBP_LOSSY_ALPHA), 32, "RGWW");
        assertQuarters(process(Pictures.WEBP_LOSSLESS_ALPHA), 32, "RGWW");
    }

    @Test
    void keepsTheBrightnessOfGrey() {
        byte[] line = {0, (byte) 128, (byte) 128, (byte) 128, (byte) 128};
        byte[] eightBits = Pictures.pngOf(4, 4, 8, 0, Pictures.join(line, line, line, line));
        byte[] deepLine = new byte[9];
        Arrays.fill(deepLine, 1, 9, (byte) 128);
        byte[] sixteenBits = Pictures.pngOf(4, 4, 16, 0, Pictures.join(deepLine, deepLine, deepLine, deepLine));
        byte[] clearLine = {0, (byte) 128, -1, (byte) 128, -1, (byte) 128, -1, (byte) 128, -1};
        byte[] withAlpha = Pictures.pngOf(4, 4, 8, 4, Pictures.join(clearLine, clearLine, clearLine, clearLine));
        BufferedImage grey = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster()
                .setSamples(
                        0,
                        0,
                        32,
                        32,
                        0,
                        IntStream.generate(() -> 128).limit(32 * 32).toArray());

        for (byte[] upload : List.of(eightBits, sixteenBits, withAlpha, Pictures.jpeg(grey), Pictures.png(grey))) {
            assertColour(process(upload), new Color(128, 128, 128));
        }
    }

    @Test
    void readsCmykAndYcck() {
        // Full cyan and yellow, no magenta, no black: inverted as Adobe does, and as YCC of the ink.
        Photo cmyk = process(Pictures.fourChannelJpeg(64, 0, 0, 255, 0, 255));
        Photo ycck = process(Pictures.fourChannelJpeg(64, 2, 105, 212, 235, 255));

        assertThat(dominant(cmyk)).isEqualTo('G');
        assertThat(dominant(ycck)).isEqualTo('G');
    }

    @Test
    void turnsTheColoursOfAnEmbeddedProfileIntoCommonOnes() {
        ICC_Profile linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB);
        BufferedImage grey = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                grey.setRGB(x, y, 0x804040);
            }
        }
        byte[] profile =
                Pictures.join("ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII), new byte[] {1, 1}, linear.getData());

        Photo photo = process(Pictures.withSegment(Pictures.jpeg(grey), 0xE2, profile));

        // A linear 0x80 is 0xBC in sRGB, a linear 0x40 is 0x89.
        assertColour(photo, new Color(0xBC, 0x89, 0x89));
    }

    @Test
    @Asvs("5.3.1")
    void leavesNothingOfTheUploadButItsColours() {
        byte[] comment = "COMMENT-SECRET".getBytes(StandardCharsets.US_ASCII);
        byte[] xmp =
                "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>XMP-SECRET</x:xmpmeta>".getBytes(StandardCharsets.US_ASCII);
        byte[] icc = Pictures.join(
                "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII),
                new byte[] {1, 1},
                ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
        byte[] jpeg = Pictures.withExif(Pictures.jpeg(Pictures.quarters(64, 64)), 1);
        jpeg = Pictures.withSegment(jpeg, 0xFE, comment);
        jpeg = Pictures.withSegment(jpeg, 0xE1, xmp);
        jpeg = Pictures.withSegment(jpeg, 0xE2, icc);
        byte[] trailer = "<script>alert('TRAILER-SECRET')</script>PK\3\4".getBytes(StandardCharsets.US_ASCII);
        byte[] png = Pictures.withChunk(Pictures.png(Pictures.quarters(64, 64)), "tEXt", comment);
        png = Pictures.withChunk(png, "eXIf", Pictures.exif(1));

        for (byte[] upload : List.of(jpeg, png, Pictures.WEBP_TURNED)) {
            Photo photo = process(Pictures.join(upload, trailer));

            assertThat(new String(photo.jpeg(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("SECRET", "Exif", "ICC_PROFILE", "http", "script", "PK");
            // Nothing but the JFIF header, tables, one frame, scans and the end.
            assertThat(Pictures.markers(photo.jpeg())).isSubsetOf(0xD8, 0xE0, 0xDB, 0xC4, 0xC2, 0xDA, 0xD9);
            assertThat(photo.jpeg()).endsWith(0xFF, 0xD9);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6324, 6325})
    void takesFortyMegapixelsAndNotOneMore(int edge) {
        byte[] upload = Pictures.pngOf(edge, edge, 1, 0, new byte[(edge / 8 + 2) * edge]);

        assertThat(Portraits.process(upload) instanceof Processed).isEqualTo(edge == 6324);
    }

    @Test
    void takesALosslessWebpOfFortyMegapixels() {
        assertColour(process(FlatWebp.of(6324, 200, 100, 50)), new Color(200, 100, 50));
        assertThat(Portraits.process(FlatWebp.of(6325, 200, 100, 50)))
                .isEqualTo(new PhotoResult.Refused(PhotoResult.Reason.TOO_MANY_PIXELS));
    }

    private static Photo process(byte[] upload) {
        PhotoResult result = Portraits.process(upload);
        assertThat(result).isInstanceOf(Processed.class);
        return ((Processed) result).photo();
    }

    private static BufferedImage sixteenBits(boolean alpha) {
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                alpha,
                false,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                DataBuffer.TYPE_USHORT);
        return Pictures.paintQuarters(
                new BufferedImage(model, model.createCompatibleWritableRaster(64, 64), false, null));
    }

    /** The colours in the middles of the quarters, as in {@code RGBW}. */
    private static void assertQuarters(Photo photo, @Nullable Integer edge, String expected) {
        BufferedImage image = Pictures.read(photo.jpeg());
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(image.getWidth()).isEqualTo(image.getHeight());
            if (edge != null) {
                softly.assertThat(image.getWidth()).isEqualTo(edge);
            }
            int quarter = image.getWidth() / 4;
            StringBuilder seen = new StringBuilder();
            for (int y : new int[] {quarter, 3 * quarter}) {
                for (int x : new int[] {quarter, 3 * quarter}) {
                    seen.append(name(image.getRGB(x, y)));
                }
            }
            softly.assertThat(seen.toString()).isEqualTo(expected);
        });
    }

    private static void assertColour(Photo photo, Color expected) {
        BufferedImage image = Pictures.read(photo.jpeg());
        Color seen = new Color(image.getRGB(image.getWidth() / 2, image.getHeight() / 2));
        assertThat(new int[] {
                    seen.getRed() - expected.getRed(),
                    seen.getGreen() - expected.getGreen(),
                    seen.getBlue() - expected.getBlue()
                })
                .as(seen + " is " + expected)
                .satisfies(differences -> {
                    for (int difference : differences) {
                        assertThat(difference).isBetween(-3, 3);
                    }
                });
    }

    private static char dominant(Photo photo) {
        return name(Pictures.read(photo.jpeg()).getRGB(10, 10));
    }

    private static char name(int rgb) {
        boolean red = (rgb >> 16 & 0xFF) > 127;
        boolean green = (rgb >> 8 & 0xFF) > 127;
        boolean blue = (rgb & 0xFF) > 127;
        if (red && green && blue) {
            return 'W';
        }
        return red ? 'R' : green ? 'G' : blue ? 'B' : '?';
    }
}
