package dev.latchkey.photo.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.photo.DrawnPictures;
import dev.latchkey.photo.Photo;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to encode a WebP: methods, filters, partitions, transparency plain and packed under each filter, lossless
 * with each effort, palettes, animations whose first frame is smaller than their canvas. The pixels are to be those of
 * the reference decoder, whose digests were stored when the pictures were drawn.
 */
final class WebpDecoderTest {
    /** Name, edge and digest of the pixels as alpha, red, green and blue, what is all transparent as zeros. */
    static Stream<String> pictures() {
        return new String(DrawnPictures.read("webp/expected.csv"), StandardCharsets.US_ASCII).lines();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void givesThePixelsOfTheReferenceDecoder(String line) throws Exception {
        String[] expected = line.split(",");

        BufferedImage seen =
                ImageDecoder.square(ImageFile.inspect(DrawnPictures.read("webp/" + expected[0] + ".webp")));

        assertThat(seen.getWidth()).isEqualTo(seen.getHeight()).isEqualTo(Integer.parseInt(expected[1]));
        ByteBuffer pixels = ByteBuffer.allocate(4 * seen.getWidth() * seen.getHeight());
        for (int pixel : seen.getRGB(0, 0, seen.getWidth(), seen.getHeight(), null, 0, seen.getWidth())) {
            pixels.putInt(pixel >>> 24 == 0 ? 0 : pixel);
        }
        assertThat(Photo.of(pixels.array()).hash()).isEqualTo(expected[2]);
    }

    @Test
    void knowsManyWays() {
        assertThat(pictures()).hasSizeGreaterThan(60);
    }
}
