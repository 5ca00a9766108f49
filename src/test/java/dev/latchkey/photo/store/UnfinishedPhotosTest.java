package dev.latchkey.photo.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.photo.DrawnPictures;
import dev.latchkey.photo.PhotoResult.Processed;
import dev.latchkey.photo.PhotoResult.Reason;
import dev.latchkey.photo.PhotoResult.Refused;
import dev.latchkey.photo.Pictures;
import dev.latchkey.photo.image.Portraits;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture that is all there is taken whether or not its end marker is; one that is not all there is refused. */
final class UnfinishedPhotosTest {
    private static final BufferedImage PLAIN = Pictures.quarters(40, 40);

    /** What phones write behind a panorama; in it bytes that look like markers of a JPEG. */
    private static final byte[] FILM = Pictures.join(
            "\0\0\0\30ftypmp42\0\0\0\0mp42isom".getBytes(StandardCharsets.ISO_8859_1),
            HexFormat.of().parseHex("ffc4001300ffdb0043ffda000801010000ff24ffdd0004ffe1ffff"),
            new byte[3000],
            "SEFT".getBytes(StandardCharsets.ISO_8859_1));

    /** A picture, and how many bytes at its end are no part of it. */
    record Upload(String name, byte[] bytes, int end) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Upload> uploads() {
        byte[] jpeg = Pictures.jpeg(PLAIN);
        return Stream.of(
                new Upload("JPEG", jpeg, 2),
                new Upload("upright JPEG", Pictures.jpeg(Pictures.quarters(24, 64)), 2),
                new Upload("grey JPEG", Pictures.jpeg(Pictures.quarters(40, 40, BufferedImage.TYPE_BYTE_GRAY)), 2),
                new Upload("progressive JPEG", Pictures.progressiveJpeg(PLAIN), 2),
                new Upload("CMYK JPEG", Pictures.fourChannelJpeg(40, 2, 105, 212, 235, 255), 2),
                new Upload("JPEG with restarts", DrawnPictures.read("restarts.jpg"), 2),
                new Upload("JPEG in three scans", DrawnPictures.read("three-scans.jpg"), 2),
                new Upload("PNG", Pictures.png(PLAIN), 12),
                new Upload("upright PNG", Pictures.png(Pictures.quarters(24, 64)), 12),
                new Upload("interlaced PNG", Pictures.interlacedPng(PLAIN), 12),
                new Upload("PNG with a palette", Pictures.png(Pictures.quarters(40, 40, 13)), 12),
                new Upload("PNG of 16 bits", Pictures.png(Pictures.quarters(40, 40, 11)), 12),
                new Upload("lossy WebP", Pictures.WEBP_LOSSY, 0),
                new Upload("lossless WebP", Pictures.WEBP_LOSSLESS, 0),
                new Upload("lossy WebP with transparency", Pictures.WEBP_LOSSY_ALPHA, 0));
    }

    @ParameterizedTest
    @MethodSource("uploads")
    void isTakenWithoutItsEndMarkerAndWithAFilmInItsPlace(Upload upload) {
        Processed whole = (Processed) Portraits.process(upload.bytes());
        byte[] cut = Arrays.copyOf(upload.bytes(), upload.bytes().length - upload.end());

        assertThat(hash(cut)).isEqualTo(whole.photo().hash());
        assertThat(hash(Pictures.join(cut, FILM))).isEqualTo(whole.photo().hash());
        assertThat(hash(Pictures.join(upload.bytes(), FILM)))
                .isEqualTo(whole.photo().hash());
    }

    @ParameterizedTest
    @MethodSource("uploads")
    void isRefusedWhereverItIsCutUnlessNoPixelIsMissing(Upload upload) {
        String whole = hash(upload.bytes());
        int refused = 0;
        for (int length = 4; length < upload.bytes().length; length++) {
            String seen = hash(Arrays.copyOf(upload.bytes(), length));
            if (!seen.equals(whole)) {
                assertThat(seen).as("%d bytes", length).isIn("DAMAGED", "UNSUPPORTED");
                refused = length;
            }
        }
        // Nothing that is missing is made up for by much that happens to be empty.
        assertThat(refused).isGreaterThan(upload.bytes().length * 3 / 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 11, 12, 13, 16, 20})
    void isTakenWithoutTheChecksumsBehindItsPixels(int missing) {
        for (byte[] png : List.of(Pictures.png(PLAIN), Pictures.interlacedPng(PLAIN))) {
            assertThat(hash(Arrays.copyOf(png, png.length - missing))).isEqualTo(hash(png));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 8})
    void isRefusedWithAnEndMarkerInPlaceOfItsRest(int eighth) {
        byte[] jpeg = Pictures.jpeg(Pictures.quarters(200, 160));
        byte[] cut = Arrays.copyOf(jpeg, jpeg.length - 3 - (jpeg.length - 700) * eighth / 8);
        byte[] png = Pictures.pngOf(64, 64, 8, 2, new byte[64 * (1 + 3 * 64) - eighth]);

        assertThat(Portraits.process(Pictures.join(cut, new byte[] {-1, (byte) 0xD9})))
                .isEqualTo(new Refused(Reason.DAMAGED));
        assertThat(Portraits.process(png)).isEqualTo(new Refused(Reason.DAMAGED));
    }

    @Test
    void isRefusedWithoutOneOfItsScans() {
        byte[] jpeg = DrawnPictures.read("three-scans.jpg");
        int last = 0;
        for (int at = 0; at < jpeg.length - 1; at++) {
            last = jpeg[at] == -1 && (jpeg[at + 1] & 0xFF) == 0xDA ? at : last;
        }

        assertThat(hash(Pictures.join(Arrays.copyOf(jpeg, last), new byte[] {-1, (byte) 0xD9})))
                .isEqualTo("DAMAGED");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 20, 99, 1_000_000, Integer.MAX_VALUE, -1})
    void isTakenFromAWebpWhoseLengthIsWrong(int length) {
        for (byte[] webp : new byte[][] {Pictures.WEBP_LOSSY, Pictures.WEBP_LOSSLESS, Pictures.WEBP_LOSSY_ALPHA}) {
            byte[] wrong = webp.clone();
            for (int at = 0; at < 4; at++) {
                wrong[4 + at] = (byte) (length >> 8 * at);
            }
            boolean cutByItsLength = length == 20 && webp == Pictures.WEBP_LOSSY_ALPHA;
            assertThat(hash(wrong)).isEqualTo(cutByItsLength ? "DAMAGED" : hash(webp));
        }
    }

    @Test
    void isTakenWithoutThePaddingOfItsLastChunk() {
        byte[] odd = DrawnPictures.read("odd.webp");

        assertThat(odd[16] & 1).isOne();
        assertThat(hash(Arrays.copyOf(odd, odd.length - 1)))
                .isEqualTo(hash(odd))
                .hasSize(64);
    }

    private static String hash(byte[] upload) {
        return switch (Portraits.process(upload)) {
            case Processed done -> done.photo().hash();
            case Refused refused -> refused.reason().name();
        };
    }
}
