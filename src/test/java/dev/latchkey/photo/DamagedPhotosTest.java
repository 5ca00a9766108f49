package dev.latchkey.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.photo.PhotoResult.Processed;
import dev.latchkey.photo.PhotoResult.Refused;
import dev.latchkey.photo.image.Portraits;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of files made from good ones by damage that a fixed seed chooses. */
final class DamagedPhotosTest {
    private static final int ROUNDS = 450;

    @Test
    @Timeout(value = 90, unit = TimeUnit.SECONDS)
    void refusesOrRepairsEveryDamagedFileAndLeavesNoneBehind() throws IOException {
        Set<Path> before = temporaryFiles();
        Random random = new Random(20261120);
        int processed = 0;
        int refused = 0;

        for (byte[] source : DamagedUploads.sources()) {
            for (int round = 0; round < ROUNDS; round++) {
                switch (Portraits.process(DamagedUploads.damage(source, random))) {
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

        assertThat(processed + refused).isGreaterThanOrEqualTo(5_000);
        // Both happen often, so the damage is neither always harmless nor always found at the door.
        assertThat(processed).isGreaterThan(500);
        assertThat(refused).isGreaterThan(500);
        assertThat(temporaryFiles()).isEqualTo(before);
    }

    private static Set<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("imageio"))
                    .collect(Collectors.toSet());
        }
    }
}
