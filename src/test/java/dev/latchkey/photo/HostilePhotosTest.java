package dev.latchkey.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.photo.PhotoResult.Processed;
import dev.latchkey.photo.PhotoResult.Refused;
import dev.latchkey.photo.image.Portraits;
import dev.latchkey.support.Asvs;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HostilePhotosTest {
    private static final BufferedImage PLAIN = Pictures.quarters(64, 64);

    static List<HostileUpload> hostileUploads() {
        return HostileUpload.all();
    }

    @ParameterizedTest
    @MethodSource("hostileUploads")
    @Asvs({"5.2.1", "5.2.2"})
    void refusesAndSaysWhy(HostileUpload upload) {
        assertThat(Portraits.process(upload.bytes())).isEqualTo(new Refused(upload.reason()));
    }

    @Test
    void takesFiveMebibytes() {
        assertThat(Portraits.process(Arrays.copyOf(Pictures.jpeg(PLAIN), 5 << 20)))
                .isInstanceOf(Processed.class);
    }

    @Test
    void refusesAnimationsCutShortAnywhere() {
        byte[] whole = Pictures.WEBP_ANIMATED;
        for (int length = 0; length < whole.length; length++) {
            assertThat(Portraits.process(Arrays.copyOf(whole, length)))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    @Asvs({"5.2.2", "5.3.1"})
    void takesAPolyglotForThePhotoItIs() {
        byte[] page = "*/=alert(1)/*<html><script>alert('POLYGLOT')</script>PK\3\4".getBytes(StandardCharsets.US_ASCII);
        byte[] upload = Pictures.join(Pictures.withSegment(Pictures.jpeg(PLAIN), 0xFE, page), page);

        PhotoResult result = Portraits.process(upload);

        assertThat(result).isInstanceOf(Processed.class);
        assertThat(new String(((Processed) result).photo().jpeg(), StandardCharsets.ISO_8859_1))
                .doesNotContain("POLYGLOT", "script", "PK");
    }

    @Test
    @Asvs("5.2.3")
    void inflatesNoMoreThanThePicture() {
        byte[] bomb = Pictures.pngOf(4, 4, 8, 0, new byte[1 << 28]);
        byte[] text = Pictures.join(new byte[] {'k', 0, 0}, Pictures.deflate(new byte[1 << 28]));

        assertThat(Portraits.process(bomb)).isInstanceOf(Processed.class);
        assertThat(Portraits.process(Pictures.withChunk(Pictures.png(PLAIN), "zTXt", text)))
                .isInstanceOf(Processed.class);
    }
}
