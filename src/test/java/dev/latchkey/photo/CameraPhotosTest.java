package dev.latchkey.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.photo.PhotoResult.Processed;
import dev.latchkey.photo.image.Portraits;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.coobird.thumbnailator.resizers.Resizers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Photos as cameras and phones wrote them: EXIF of either byte order with maker notes, positions, thumbnails and more
 * pictures behind the first, in every way to sample colours. All are cut square and turned upright.
 */
@Execution(ExecutionMode.CONCURRENT)
final class CameraPhotosTest {

    /** Mean difference of two colour values of 0 to 255 that coding the same picture twice may make. */
    private static final double SAME = 4;

    /** What the same picture turned any other way differs by at least. */
    private static final double OTHER = 12;

    /** Comparing every third pixel of every third line tells as much as comparing all. */
    private static final int EVERY = 3;

    /** Intel and Motorola byte order, colours sampled 4:4:4, 4:2:2, 4:2:0 and 4:4:0. */
    static Stream<String> cameras() {
        return Stream.of(
                "/data/images/jpg/1/Canon Powershot SD750 - 2007.12.26.n.IMG_3704.JPG",
                "/data/images/jpg/1/Nikon D50 - 2007.12.19.n.DSC_3656.JPG",
                "/data/images/jpg/1/Oregon Scientific DS6639 - DSC_0307.JPG",
                "/data/images/jpg/2/2008-07-27+-+Photo+216+-+WE+a+l'etang+de+Blodelsheim.jpg",
                "/data/images/jpg/8/20220514_102409.jpg",
                "/images/jpeg/exif/2024-04-30_G012.JPG",
                "/jpeg/jfif-jfif-and-exif-thumbnail-sharpshot-iphone.jpg",
                "/jpeg/jfif-with-preview-as-second-image.jpg",
                "/jpeg/exif-rgb-thumbnail-sony-d700.jpg");
    }

    @ParameterizedTest
    @MethodSource("cameras")
    void turnsThePhotoUprightWhicheverWayTheCameraWasHeld(String camera) {
        byte[] file = file(camera);
        assertThat(CameraExif.orientation(file)).isEqualTo(1);
        BufferedImage held = portrait(file);
        List<BufferedImage> ways =
                IntStream.rangeClosed(1, 8).mapToObj(way -> turned(held, way)).toList();
        for (int orientation = 1; orientation <= 8; orientation++) {
            BufferedImage seen = portrait(CameraExif.withOrientation(file, orientation));
            for (int turned = 1; turned <= 8; turned++) {
                double difference = difference(seen, ways.get(turned - 1));
                if (turned == orientation) {
                    assertThat(difference).as("orientation %d", orientation).isLessThan(SAME);
                } else {
                    assertThat(difference)
                            .as("orientation %d shown as %d", orientation, turned)
                            .isGreaterThan(OTHER);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cameras")
    void leavesNothingOfTheCameraInAProgressiveJpeg(String camera) {
        byte[] file = file(camera);
        String original = new String(file, StandardCharsets.ISO_8859_1);
        byte[] jpeg = process(file).jpeg();
        String left = new String(jpeg, StandardCharsets.ISO_8859_1);

        assertThat(Pictures.markers(jpeg))
                .contains(0xC2)
                .isSubsetOf(0xD8, 0xE0, 0xDB, 0xC4, 0xC2, 0xDA, 0xD9)
                .containsOnlyOnce(0xD8, 0xD9);
        assertThat(jpeg).endsWith(0xFF, 0xD9);
        for (String secret : List.of(CameraExif.make(file), "Exif", "MPF", "ICC_PROFILE", "http", "Photoshop")) {
            assertThat(left).doesNotContain(secret);
        }
        assertThat(original).contains("Exif", CameraExif.make(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Landscape", "Portrait"})
    void showsAPhotoAlikeThatWasStoredInAllEightWays(String scene) {
        BufferedImage upright = portrait(file("/exif/%s_1.jpg".formatted(scene)));
        for (int orientation = 1; orientation <= 8; orientation++) {
            byte[] file = file("/exif/%s_%d.jpg".formatted(scene, orientation));
            assertThat(CameraExif.orientation(file)).isEqualTo(orientation);
            assertThat(difference(portrait(file), upright))
                    .as("orientation %d", orientation)
                    .isLessThan(SAME);
        }
        for (int turned = 2; turned <= 8; turned++) {
            assertThat(difference(turned(upright, turned), upright))
                    .as("turned as %d", turned)
                    .isGreaterThan(OTHER);
        }
    }

    @Test
    void takesNoThumbnailOrPreviewForThePhoto() {
        byte[] olympus = file("/jpeg/jfif-with-preview-as-second-image.jpg");
        BufferedImage whole = Pictures.read(olympus);

        assertThat(portrait(olympus).getWidth()).isEqualTo(512);
        assertThat(difference(portrait(olympus), middle(whole))).isLessThan(SAME);
    }

    private static byte[] file(String name) {
        try (InputStream in = CameraPhotosTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage portrait(byte[] file) {
        return Pictures.read(process(file).jpeg());
    }

    private static Photo process(byte[] file) {
        PhotoResult result = Portraits.process(file);
        assertThat(result).isInstanceOf(Processed.class);
        return ((Processed) result).photo();
    }

    /** As EXIF 2.32 describes the values of tag 274: where the rows and columns as stored are to be seen. */
    private static BufferedImage turned(BufferedImage stored, int orientation) {
        int last = stored.getWidth() - 1;
        BufferedImage turned = new BufferedImage(last + 1, last + 1, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y <= last; y++) {
            for (int x = 0; x <= last; x++) {
                turned.setRGB(
                        x,
                        y,
                        switch (orientation) {
                            case 1 -> stored.getRGB(x, y);
                            case 2 -> stored.getRGB(last - x, y);
                            case 3 -> stored.getRGB(last - x, last - y);
                            case 4 -> stored.getRGB(x, last - y);
                            case 5 -> stored.getRGB(y, x);
                            case 6 -> stored.getRGB(y, last - x);
                            case 7 -> stored.getRGB(last - y, last - x);
                            default -> stored.getRGB(last - y, x);
                        });
            }
        }
        return turned;
    }

    private static BufferedImage middle(BufferedImage whole) {
        int edge = Math.min(whole.getWidth(), whole.getHeight());
        BufferedImage small = new BufferedImage(512, 512, BufferedImage.TYPE_INT_RGB);
        Resizers.PROGRESSIVE.resize(
                whole.getSubimage((whole.getWidth() - edge) / 2, (whole.getHeight() - edge) / 2, edge, edge), small);
        return small;
    }

    private static double difference(BufferedImage one, BufferedImage other) {
        assertThat(one.getWidth()).isEqualTo(other.getWidth());
        long sum = 0;
        long values = 0;
        for (int y = 0; y < one.getHeight(); y += EVERY) {
            for (int x = 0; x < one.getWidth(); x += EVERY) {
                int a = one.getRGB(x, y);
                int b = other.getRGB(x, y);
                for (int shift = 0; shift < 24; shift += 8) {
                    sum += Math.abs((a >> shift & 0xFF) - (b >> shift & 0xFF));
                    values++;
                }
            }
        }
        return (double) sum / values;
    }
}
